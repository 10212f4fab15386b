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

broken = Something went wrong inside me while I dealt with that, and nothing more was done. What happened is in my log.
given-up = I was interrupted { $n } times while I dealt with “{ $text }”, so I do not try again. Look how far it came before you say it again.
kept-image = I keep the picture, but I cannot look at pictures that are sent to me.
kept-audio = I keep the voice message, but I cannot listen yet: please write it to me.
kept-other = I keep the file, but I cannot read files yet.
not-kept = You sent something along that I could not fetch.
secret-forgotten = I was interrupted before I had used the password or code that you sent, and I keep none. Nothing was done with it: please send it again.
stopped-before = You said stop, so I have not begun with “{ $text }”.
too-late = You wrote “{ $text }” { $late } ago, and I have not done it. Say it again if it still holds.
too-late-begun = You wrote “{ $text }” { $late } ago; I was interrupted and did not go on. Say it again if it still holds.
