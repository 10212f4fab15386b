# How states are said of a device, and what can be done with one.
# $count is how many things the subject is: only its plural counts.

locale = en_GB
date-pattern = EEEE, dd MMMM y
day-pattern = d MMMM
day-year-pattern = d MMMM y

verb-be =
    { $count ->
        [one] is
       *[other] are
    }
verb-have =
    { $count ->
        [one] has
       *[other] have
    }
verb-play =
    { $count ->
        [one] plays
       *[other] play
    }

# What joins a subject and what is said of it, and one subject and several states.
told = { $who } { $what }
and = { $first } and { $second }
being = { verb-be } { $parts }
percent = { $n }%
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

## States

power =
    { verb-be } { $state ->
        [on] on
       *[off] off
    }
brightness = { verb-be } at { $percent }
color = { verb-be } { $color }
color-temperature = { verb-be } { $white } ({ $kelvin } K)
volume = { verb-be } at volume { $level }
mute =
    { verb-be } { $state ->
        [muted] muted
       *[loud] no longer muted
    }
playback =
    { verb-be } { $state ->
        [playing] playing
        [paused] paused
       *[stopped] stopped
    }
media = { verb-play } { $title }
skip =
    went to the { $to ->
        [next] next
       *[previous] previous
    } track
play-mode = { verb-be } { $modes }
play-mode-part =
    { $mode ->
        [shuffled] shuffled
        [in-order] not shuffled
        [repeat-off] not repeating
        [repeat-one] repeating the track
       *[repeat-all] repeating all
    }
preset =
    { $count ->
        [one] looks
       *[other] look
    } at { $name }
source =
    { $count ->
        [one] shows
       *[other] show
    } { $name }
group = { verb-play } along
climate = { verb-be } { $parts }
climate-mode =
    { $mode ->
        [off] off
        [heat] heating
        [cool] cooling
        [auto] on auto
        [dry] drying
       *[fan] on fan
    }
climate-target = set to { $temperature }
climate-current = now { $temperature }
fan-speed =
    { $state ->
        [off] { verb-be } off
       *[on] { $count ->
            [one] runs
           *[other] run
        } at { $percent }
    }
position =
    { verb-be } { $state ->
        [closed] closed
        [open] open
       *[between] { $percent } open
    }
movement =
    { $state ->
        [moving] { verb-be } moving
       *[still] { verb-have } stopped
    }
tilt = { verb-be } tilted to { $percent }
lock =
    { verb-be } { $state ->
        [locked] locked
       *[unlocked] unlocked
    }
alarm =
    { verb-be } { $mode ->
        [disarmed] disarmed
       *[armed] armed ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] home
        [away] away
       *[night] night
    }
chore =
    { verb-be } { $activity ->
        [working] at work
        [docked] docked or on its way there
        [paused] paused
       *[stopped] stopped
    }
chore-in = { chore } in { $area }
scene =
    { verb-be } { $state ->
        [on] set
       *[off] off
    }
todo = has { $items }
todo-empty = is empty
timers = has { $timers }
timers-none = has none running
timer-left =
    { $name } with { $duration } left{ $state ->
        [paused] {" "}(paused)
       *[running] {""}
    }
timer-nameless = a timer
known = { verb-be } known

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}by { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = something

color-name =
    { $hue ->
        [white] white
        [orange] orange
        [yellow] yellow
        [lime] lime
        [green] green
        [turquoise] turquoise
        [cyan] cyan
        [blue] blue
        [purple] purple
        [pink] pink
        [crimson] crimson
       *[red] red
    }
white-name =
    { $white ->
        [candle] very warm white
        [warm] warm white
        [neutral] neutral white
       *[daylight] daylight
    }

## Deeds: what may be asked before it is done. $thing is one or several devices.

do-lock =
    { $state ->
        [locked] lock
       *[unlocked] unlock
    } { $thing }
do-position =
    { $state ->
        [closed] close { $thing }
        [open] open { $thing }
       *[between] open { $thing } to { $percent }
    }
do-alarm =
    { $mode ->
        [disarmed] disarm { $thing }
       *[armed] arm { $thing } ({ alarm-mode })
    }
do-climate =
    set { $thing }{ $how ->
        [target] {" "}to { $temperature }
        [mode] {" "}on { climate-word }
       *[both] {" "}to { $temperature } on { climate-word }
    }
climate-word =
    { $mode ->
        [off] off
        [heat] heat
        [cool] cool
        [auto] auto
        [dry] dry
       *[fan] fan
    }
do-power =
    switch { $thing } { $state ->
        [on] on
       *[off] off
    }
do-percent = set { $thing } to { $percent }
do-volume = set the volume of { $thing } to { $level }
do-mute =
    { $state ->
        [muted] mute
       *[loud] unmute
    } { $thing }
do-color = make { $thing } { $color }
do-playback =
    { $state ->
        [playing] let { $thing } play
        [paused] pause { $thing }
       *[stopped] stop { $thing }
    }
do-media = play { $title } on { $thing }
do-source = switch { $thing } to { $name }
do-chore =
    { $activity ->
        [working] send { $thing } to work
        [docked] send { $thing } back
        [paused] pause { $thing }
       *[stopped] stop { $thing }
    }
do-chore-in = { do-chore } in { $area }
do-group = let { $thing } play along
do-scene =
    { $state ->
        [on] set
       *[off] end
    } { $thing }
do-movement = stop { $thing }
do-skip =
    go to the { $to ->
        [next] next
       *[previous] previous
    } track on { $thing }
do-change = change the { $ability } of { $thing }

# What can be done with a device, after "It can be".
able =
    { $ability ->
        [power] switched on and off
        [brightness] dimmed
        [color] coloured
        [color_temperature] made warmer or cooler
        [volume] turned up and down
        [mute] muted
        [playback] played and paused
        [source] switched to another input
        [group] joined with other speakers
        [climate] set to a temperature
        [fan_speed] set to a speed
        [position] opened and closed
        [tilt] tilted
        [lock] locked and unlocked
        [alarm] armed and disarmed
        [chore] sent to work
        [scene] set
        [snapshot] looked through
        [todo] added to
        [timers] set
        [preset] turned to a preset
       *[movement] stopped on its way
    }

## Abilities, as nouns

ability =
    { $ability ->
        [power] power
        [brightness] brightness
        [color] color
        [color_temperature] color temperature
        [volume] volume
        [mute] mute
        [playback] playback
        [skip] skip
        [media] media
        [play_mode] play mode
        [source] source
        [preset] preset
        [group] group
        [climate] climate
        [fan_speed] fan speed
        [position] position
        [movement] movement
        [tilt] tilt
        [lock] lock
        [alarm] alarm
        [chore] chore
        [scene] scene
        [todo] todo
        [timers] timers
        [snapshot] snapshot
       *[reading] reading
    }
