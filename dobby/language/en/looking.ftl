# What cameras see now, and what they saw: answers to who asks.

not-a-camera = That is no camera.
no-camera-yet = I know no camera yet.
camera-sees = { $camera }: { $state }
sight-state =
    { $state ->
        [private] private
        [silent] it does not answer
        [unwatched] not watched
        [blind] blind, I have no detector
        [offline] dark, it does not answer
        [refused] dark, it refuses my password
        [frozen] dark, its picture stands still
        [nothing] nothing in view
       *[unseen] not seen yet
    }
in-view = { $things } in view
cameras-private =
    { $count ->
        [one] { $cameras } is in privacy mode: I do not look
       *[other] { $cameras } are in privacy mode: I do not look
    }
more-pictures =
    { $count ->
        [one] There is 1 more; ask for it by name.
       *[other] There are { $count } more; ask for them by name.
    }
things-are =
    { $count ->
        [one] { $things } is { $where }
       *[other] { $things } are { $where }
    }
picture-now = { $place }, now
picture-now-with =
    { $count ->
        [one] { $place }, now: { $things } is there
       *[other] { $place }, now: { $things } are there
    }
picture-now-nobody = { $place }, now: nobody is there
no-older-picture = { $why } I have no older picture of { $place }
last-picture = { $why } The last picture is of { $day } at { $time }

## Nobody, nothing

nobody-is-there = nobody is { $where } now
nobody-is-seen = nobody is to be seen now
none-is-there = no { $things } is { $where } now
none-is-seen = no { $things } is to be seen now
cannot-see = I do not see { $places }
last-time = The last time, { $day }: { $told }
saw-nothing =
    { $what ->
        [lingers] I saw nobody linger { $when }
        [left_something] I saw nothing being left { $when }
        [took_something] I saw nothing being taken { $when }
        [both] I saw nothing being left or taken { $when }
        [person] I saw nobody { $when }
       *[nothing] I saw nothing { $when }
    }
saw-nothing-there =
    { $what ->
        [lingers] I saw nobody linger { $where } { $when }
        [left_something] I saw nothing being left { $where } { $when }
        [took_something] I saw nothing being taken { $where } { $when }
        [both] I saw nothing being left or taken { $where } { $when }
        [person] I saw nobody { $where } { $when }
       *[nothing] I saw nothing { $where } { $when }
    }
saw-none = I saw no { $things } { $when }
saw-none-there = I saw no { $things } { $where } { $when }
do-not-watch = I do not watch { $cameras }
unknown-out = I do not know when you were out: tell me when you leave, and I will.

## What there was

yes-there-was = Yes. { $told }
day-told = { $day }: { $told }
day-time-told = { $day }, { $time }: { $told }
things-at = { counted } { $where } ({ $when })
counted-things = I counted { $things } { $when }
counted-things-at = I counted { $things } { $when }: { $times }
time-where = { $time } { $where }
since = since { $start }
between = between { $start } and { $end }
time-on-day = { $time } { $day }

## Pictures

pictures-full = The disk is nearly full: I keep no new pictures until there is room again.
picture-gone = I do not have that picture any more.
picture-strange = What the camera sent is not a picture that I can keep.
picture-sealed = That picture was sealed with another key than { $key }. Restore that file to see it.
picture-key-damaged = The key file { $key } is damaged. Restore it; without it my pictures stay sealed.
picture-not-kept = I could not keep the picture ({ $why }).
picture-not-read = I could not read the picture ({ $why }).
picture-not-removed = I could not remove a picture ({ $why }).
