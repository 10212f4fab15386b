# Alerts: what cameras saw, told to people who did not just ask.

## Somebody ($count); $where and $when as they are said

person-is =
    { $count ->
        [one] { someone } is { $where }
       *[other] { someone } are { $where }
    }
person-is-since = { person-is }, since { $time }
person-was =
    { $count ->
        [one] { someone } was { $where }, { $when }
       *[other] { someone } were { $where }, { $when }
    }
person-was-again = { person-was }, more than once
person-and-did =
    { $what ->
        [left_something] { $told } and left something
       *[took_something] { $told } and took something
    }
person-did =
    { $what ->
        [left_something] { $told }; they left something
       *[took_something] { $told }; they took something
    }
person-delivered = { $told }, and left something: a delivery, it seems
person-lingers =
    { $count ->
        [one] { someone } has been { $where } for { $duration }
       *[other] { someone } have been { $where } for { $duration }
    }
person-left = { someone } left something { $where }
person-took = { someone } took something that was { $where }
delivery-seems = A delivery, it seems: { $told }
came-with-it = { $told }; { someone } came with it, it seems
came-to-deliver = { came-with-it }, and left something: a delivery

## Vehicles and animals

thing-is =
    { $count ->
        [one] { counted } is { $where }
       *[other] { counted } are { $where }
    }
thing-was =
    { $count ->
        [one] { counted } was { $where }, { $when }
       *[other] { counted } were { $where }, { $when }
    }
vehicle-stops = { counted } just stopped { $where }
vehicle-stopped = { counted } stopped { $where }, { $when }
vehicle-passed = { counted } came by { $place }, { $when }
something-moves = something moved { $where }
something-moved = something moved { $where }, { $when }

## Things, doors, cameras

thing-missing = something is missing { $where }; I did not see who took it
thing-missing-at = { thing-missing }, { $time }
thing-left = something was left { $where }; I did not see by whom
thing-left-at = { thing-left }, { $time }
open-still = { $place } has been open for { $duration }
open-ended = { $place } was open for { $duration }, until { $time }
camera-dark = { $camera } has gone dark
camera-dark-why = { $camera } has gone dark ({ $why })
camera-back = { $camera } is back; it was dark, { $when }
dark-why =
    { $state ->
        [offline] it does not answer
        [refused] it refuses my password
        [frozen] its picture stands still
       *[blind] I have no detector
    }
described = { $told }: “{ $words }”
held-back =
    { $count ->
        [one] There was 1 more thing within the last hour; it is on the page.
       *[other] There were { $count } more things within the last hour; they are on the page.
    }

## The eyes themselves, and new cameras

eyes-missing = My eyes are not running, so I do not watch the cameras.
eyes-not-installed = I cannot watch cameras: what eyes need is not installed. On my server: pip install 'dobby[vision]', and start me again.
eyes-blind = I cannot watch the cameras: { $why }
no-detector = I have no detector.
eyes-well = I watch the cameras again.
camera-found = I see a camera. Where does it look?
camera-found-as = I see a camera ({ $what }). Where does it look?
