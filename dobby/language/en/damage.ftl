# What is wrong with the memory.

memory-damaged =
    Part of my memory was damaged on the disk: { $what } could not be read. I have set { $count ->
        [one] it
       *[other] them
    } apart, and everything else goes on. If something that you need is missing, `dobby restore` on my server brings back a backup.
lost =
    { $n ->
        [one] { $kind ->
                [message] 1 message
                [device] 1 device
                [room] 1 room
                [person] 1 person
                [address] 1 address
                [fact] 1 fact
                [conversation] 1 conversation
                [name] 1 name
                [pairing] 1 pairing
                [camera] 1 camera
                [incident] 1 incident
                [alert_rule] 1 alert rule
                [picture] 1 picture
               *[other] 1 other record
            }
       *[other] { $kind ->
                [message] { $n } messages
                [device] { $n } devices
                [room] { $n } rooms
                [person] { $n } people
                [address] { $n } addresses
                [fact] { $n } facts
                [conversation] { $n } conversations
                [name] { $n } names
                [pairing] { $n } pairings
                [camera] { $n } cameras
                [incident] { $n } incidents
                [alert_rule] { $n } alert rules
                [picture] { $n } pictures
               *[other] { $n } other records
            }
    }
record-broken = Somebody changed my record of who did what, or put back another database: it does not hold any more. `dobby doctor` on my server tells where.
say-again = What you wrote last was damaged on my disk before I had answered it. Please say it again.
