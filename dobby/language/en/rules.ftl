# Rules of alerts: what they are about, and why something was told or not.

## What a rule is about

rule-kind =
    { $kind ->
        [person] people
        [vehicle] vehicles
        [animal] animals
        [package] things left or taken
        [open] doors that stay open
       *[camera] cameras that cannot see
    }
rule-doing =
    { $what ->
        [arrived] come
        [joined] are joined by others
        [returned] come again
        [lingers] linger
        [stopped] stop
        [left_something] leave something
        [took_something] take something
        [dark] go dark
       *[opened] stay open
    }
rule-everything = everything
rule-anything = anything
rule-things-that = { $things } that { $does }
rule-all-that = all that { $does }
rule-when = { $scope } { $when }
rule-near = in that one spot
rule-within = within { $zones }
rule-from = from { $hours }
rule-except-from = except from { $hours }
rule-while =
    { $presence ->
        [home] while you are at home
       *[away] while you are away
    }
rule-until = until { $time }
rule-until-day = until { $time } { $day }
hours = { $start } to { $end }
rule-told = told: { $scope }
rule-untold = not told: { $scope }
rule-said = { $rule }; since you said “{ $said }” { $day }
rule-made = { $rule }; since you made this rule { $day }

## Why something was told or not: sentences that go on after "because"

nothing-to-tell = I kept it in the record; there was nothing in it to tell.
told-because = I told you at { $time } because { $why }
untold-because = I did not tell you because { $why }
why-since = { $why } { $day }
why-said = you said “{ $said }”
why-rule = you made a rule of it
why-part = it was part of what I had told you already
why-over = it was over already
why-late = it was too late to tell when I could
why-private = the camera is in privacy mode
why-owners-only = I tell only owners who did not ask to be told
why-people = I tell of people unless you say otherwise
why-vehicles-stop = I tell of vehicles that stop unless you say otherwise
why-vehicles-pass = I do not tell of vehicles that only pass
why-animals = I do not tell of animals unless you ask me to
why-things = I tell of things left or taken unless you say otherwise
why-windows = I do not tell of open windows unless you ask me to
why-open = { $place } stayed open
why-cameras = I tell of cameras that cannot see
why-alike = there were { $count } like it in a short time
why-enough = I had told you { $count } things within the hour
