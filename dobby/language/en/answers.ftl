# Answers to questions about state.

nothing-known = I know nothing of the kind.
told-me-nothing = { $names } did not tell me.
cannot-tell = I can't tell whether { $who } { is-state }.
count-of = { number } of { $total }.
count-of-named = { number } of { $total }: { $names }.
yes-these = Yes: { $told }
no-these = No. { $told }
none-of = None of { $total } { is-state }.
yes-it = Yes. { $told }
no-it = No. { $told }
yes-all = Yes, all { is-state }: { $names }.
no-all = No, all { is-state }: { $names }.
in-part = In part: { $having } { $lacking }
no-but = No: { $told }
several = { number } { $what }: { $names }.
several-within = { $n } { $what }: { $names }.
number =
    { $n ->
        [0] None
        [1] One
        [2] Two
        [3] Three
        [4] Four
        [5] Five
        [6] Six
        [7] Seven
        [8] Eight
        [9] Nine
        [10] Ten
       *[other] { $n }
    }
is-state =
    { verb-be } { $state ->
        [on] on
        [off] off
        [open] open
        [closed] closed
        [locked] locked
        [unlocked] unlocked
        [playing] playing
        [not-playing] not playing
        [paused] paused
        [not-paused] not paused
        [muted] muted
        [not-muted] not muted
        [running] running
        [not-running] not running
        [docked] docked
        [not-docked] not docked
        [armed] armed
        [disarmed] disarmed
        [heating] heating
        [not-heating] not heating
        [cooling] cooling
        [not-cooling] not cooling
        [moving] seeing motion
        [not-moving] seeing no motion
        [occupied] occupied
        [empty] empty
        [triggered] triggered
        [quiet] quiet
        [leaking] leaking
        [dry] dry
        [smoking] smoking
        [smokeless] clear of smoke
        [offline] offline
        [online] online
        [low] low on battery
       *[not-low] not low on battery
    }

## Presence

somebody =
    Yes: { $who } { $count ->
        [one] says
       *[other] say
    } that somebody is there.
motion =
    It seems so: { $who } { $count ->
        [one] sees
       *[other] see
    } motion.
stillness =
    I can't tell: { $who } { $count ->
        [one] sees
       *[other] see
    } no motion, but who sits still moves nothing.
nobody =
    No: { $who } { $count ->
        [one] says
       *[other] say
    } that nobody is there.
presence-untold = Nothing there tells me that.

## Values

set-to = { verb-be } set to { $temperature }
labelled = { $who }: { $value }.
shows-temperature = { $who } shows { $temperature }.
warm-in-rooms = It is { $rooms }.
warm-in-room = { $temperature } in { $room }
no-thermometer = I see no thermometer that tells.
yes-no =
    { $state ->
        [yes] yes
       *[no] no
    }
part-percent = at { $percent }
part-volume = volume { $percent }
part-alarm =
    { $mode ->
        [disarmed] disarmed
       *[armed] armed: { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] working
        [docked] docked
        [paused] paused
       *[stopped] stopped
    }
part-mode = mode { climate-word }
part-target = set to { $temperature }
part-current = { $temperature } now
part-reading =
    { $field ->
        [humidity] humidity
        [illuminance] illuminance
        [battery] battery
        [power] power
        [energy] energy
        [co2] co2
        [flow] flow
        [motion] motion
        [occupancy] occupancy
        [leak] leak
       *[smoke] smoke
    } { $value }
nothing-playing = Nothing is playing.
nothing-playing-on = Nothing is playing on { $who }.
is-playing-in = { $title } is playing in { $places }.
is-playing-on = { $title } is playing on { $places }.
something-plays = Something
title-by = { $title } by { $artist }
title-of = { $title } ({ $item })
list-of = { $name }: { $items }.
list-empty = { $who } is empty.
no-timer-running = No timer is running.
timer-has-left =
    { $named ->
        [yes] The { $name } timer
       *[no] The timer
    } has { $duration } left{ $state ->
        [paused] , paused
       *[running] {""}
    }.
is-in = { $who } { verb-be } in { $room }
where-unknown = I don't know where { $who } { verb-be }.

## What there is

there-are = { number }: { $names }.
there-are-none = None.
warmest = It is warmest in { $who }: { $value }.
coldest = It is coldest in { $who }: { $value }.
highest = The highest: { $who }, { $value }.
lowest = The lowest: { $who }, { $value }.
on-list = Yes: { $item } is on { $list }.
ticked-off = No: { $item } is ticked off on { $list }.
not-on = No: { $item } is not on { $list }.
