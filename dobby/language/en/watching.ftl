# What cameras are told to do, and the rules that people make: confirmed, listed, asked about.

## Cameras

where-looks = Where does it look?
where-looks-first = Where does it look? Say that first.
place-unknown = I do not know yet where { $cameras } looks. Where?
place-kept = I watch { $place } now, and tell owners of people, of vehicles that stop, and of what is left there. Parts to ignore can be drawn on the page.
do-place = take it that { $name } looks at { $place }, and watch that
camera-name = { $place } camera
say-undo = Say undo to take that back.
nothing-to-set = There is nothing in it to set.
password-again = I do not have its password any more. Please send the address again.
no-such-setting = That is no setting of a camera.
place-watched = I watch { $place } now.
camera-unplaced = I see { $name } now. Tell me where it looks, and I watch it.
no-camera-at-address = There is no camera at that address.
camera-taken-in = I have it: { $name }. Next I ask where it looks.
do-add-camera = add the camera at { $address }
do-add-camera-as = add the camera at { $address } as “{ $name }”
two-cameras = Name two cameras that see the same place.
one-place = What is seen { $places } at once is one thing to me from now on
own-places = { $places } are places of their own to me
set-watched =
    { $on ->
        [yes] I watch { $places }
       *[no] I no longer watch { $places }
    }
set-private-hours = Every day from { $hours } I look at nothing there ({ $places })
set-private =
    { $on ->
        [yes] Privacy mode is on: I look at nothing there ({ $places })
       *[no] Privacy mode is off: I look again ({ $places })
    }
set-record =
    { $on ->
        [yes] I keep pictures of what happens there ({ $places })
       *[no] I keep no pictures of what happens there ({ $places })
    }
set-describe =
    { $on ->
        [yes] A model outside the house may see the pictures of { $places }
       *[no] A model outside the house may not see the pictures of { $places }
    }
do-watched =
    { $on ->
        [yes] watch { $places }
       *[no] no longer watch { $places }
    }
do-private-hours = look at nothing there ({ $places }) every day from { $hours }
do-private =
    { $on ->
        [yes] look at nothing there ({ $places })
       *[no] look again ({ $places })
    }
do-record =
    { $on ->
        [yes] keep pictures of what happens there ({ $places })
       *[no] keep no pictures of what happens there ({ $places })
    }
do-describe =
    { $on ->
        [yes] let a model outside the house see the pictures of { $places }
       *[no] no longer let a model outside the house see the pictures of { $places }
    }
do-overlap =
    { $on ->
        [yes] take { $places } for one place
       *[no] take { $places } for places of their own
    }
do-be =
    { $home ->
        [yes] take you to be at home
       *[no] take you to be out
    }
welcome-home = Welcome home. Ask what happened, and I tell you.
see-you-later = All right, I know that you are out. See you later.

## Rules of alerts

alerts-usual = I tell owners of people, of vehicles that stop, of things left or taken, of doors that stay open, and of cameras that cannot see; not of animals.
no-rules = You have made no rules. { alerts-usual }
no-rules-there = You have made no rule for that camera.
no-such-rule = You have no such rule.
which-seen = I do not know which one you mean: say that when I have told you of it.
no-rule-of-that = I cannot make a rule of that.
no-such-zone = No part of a picture is called “{ $name }”. Draw it on the page, and name it.
no-such-zone-but = No part of a picture is called “{ $name }”. I know: { $known }. Draw it on the page, and name it.
will-tell = All right, I tell you of { $scope }.
will-tell-only = All right, of what I see there I tell you only of { $scope }.
will-not-tell = All right, I do not tell you of { $scope }. Say undo to take that back.
do-not-tell = tell you no more of { $scope }
do-not-tell-like = tell you no more of { $scope } like what I told you of last
do-drop-rule = forget rule { $number } of your alerts
do-drop-rules =
    { $which ->
        [all] forget all your rules of alerts
        [last] forget your last rule of alerts
       *[some] forget a rule of alerts
    }
your-rules = Your rules; the newest that fits decides:
which-rule = Which one? Say, for instance: delete rule 1
rule-called = rule { $number }
rule-quoted = “{ $said }”
rules-forgotten = Forgotten: { $rules }.
kept-nothing-back = I kept nothing from you.
told-of-nothing = I have told you of nothing yet.
alert-explained = “{ $alert }”: { $why }
taken-back = Taken back: “{ $said }”.
that-taken-back = That is taken back.
