# Dobby's own talk: greetings, help, the clock, what it knows, names, what it remembers.

hello = Hello. What can I do?
thanks = With pleasure.
bye = Until later.
who-am-i = I am Dobby. I look after this house. Say help for what I can do.
help = Tell me what you want in plain words: "kitchen light on", "a bit warmer", "play jazz in the bath", "close the blinds". Ask: "is the garage open?", "which lights are on?", "how warm is it?". Lists and timers: "add milk to the shopping list", "timer for ten minutes". Cameras: "who is at the door?", "show me the drive", "tell me of people only at night". Memory: "remember that the spare key is with Anna", "where is the spare key?". People: "invite Anna as adult", "who do you know?". Names: "rename the hall lamp to Bob". Say "scan" and I look for new devices, "undo" to take back what I noted.
left-alone = All right, I leave it.
date-is = It is { $date }.
time-is = It is { $time }.

language-kept = All right, I speak English with you from now on.
ask-for-language = I did nothing: here I listen in another language. Rather in English? Then write “speak English”.

known-devices = I know { $devices }.
found-no = I found no { $what } here.
found-nothing = I found nothing on this network yet.
no-devices-in = I know no devices in { $room }.
no-devices = I know no devices yet. Say scan.
devices-in = In { $room }: { $devices }.
no-such-device = I know no such device.

goes-by =
    { $who } { $count ->
        [one] goes
       *[other] go
    } by { $name } too now
is-called = { $who } { verb-be } called { $name } now
naming =
    { $how ->
        [name] called “{ $name }”
        [room] in “{ $name }”
       *[alias] called “{ $name }” too
    }
do-name = take { $thing } to be { $names }

do-remember = remember that you said “{ $text }”
do-forget = forget what I know of “{ $what }”
do-undo = take back what you changed last
