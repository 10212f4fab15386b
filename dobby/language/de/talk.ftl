# Was Dobby von sich aus sagt: Grüße, Hilfe, Uhrzeit, was er kennt, Namen, was er sich merkt.

hello = Hallo. Was kann ich tun?
thanks = Gern geschehen.
bye = Bis später.
who-am-i = Ich bin Dobby und kümmere mich um dieses Haus. Schreib „Hilfe“, dann sage ich, was ich kann.
help = Sag einfach, was du möchtest: „Küchenlicht an“, „etwas wärmer“, „spiel Jazz im Bad“, „mach die Rollläden zu“. Frag: „Ist das Garagentor offen?“, „Welche Lichter sind an?“, „Wie warm ist es?“. Listen und Timer: „Setz Milch auf die Einkaufsliste“, „Timer auf zehn Minuten“. Gedächtnis: „Merk dir, dass der Ersatzschlüssel bei Anna ist“, „Wo ist der Ersatzschlüssel?“. Personen: „Lade Anna als Erwachsene ein“, „Wen kennst du?“. Sag „such neue Geräte“, und ich sehe mich um; „rückgängig“, und ich nehme zurück, was ich notiert habe.
left-alone = In Ordnung, ich lasse es.
date-is = Heute ist { $date }.
time-is = Es ist { $time } Uhr.

language-kept = In Ordnung, ab jetzt sprechen wir Deutsch.
ask-for-language = Ich habe nichts getan: Hier höre ich auf eine andere Sprache. Lieber Deutsch? Dann schreib „sprich deutsch“.

known-devices = Ich kenne { $devices }.
found-no = Ich habe hier nichts gefunden: { $what }.
found-nothing = Ich habe in diesem Netz noch nichts gefunden.
no-devices-in = Dort kenne ich keine Geräte: { $room }.
no-devices = Ich kenne noch keine Geräte. Sag: such neue Geräte.
devices-in = { $room }: { $devices }.
no-such-device = So ein Gerät kenne ich nicht.

goes-by =
    { $who } { $count ->
        [one] heißt
       *[other] heißen
    } jetzt auch { $name }
is-called =
    { $who } { $count ->
        [one] heißt
       *[other] heißen
    } jetzt { $name }
naming =
    { $how ->
        [name] unter dem Namen „{ $name }“
        [room] im Raum „{ $name }“
       *[alias] auch unter dem Namen „{ $name }“
    }
do-name = { $thing } { $names } führen

do-remember = mir merken, dass du gesagt hast: „{ $text }“
do-forget = vergessen, was ich weiß von „{ $what }“
do-undo = zurücknehmen, was du zuletzt geändert hast

broken = Dabei ging in mir etwas schief, und mehr wurde nicht getan. Was geschah, steht in meinem Protokoll.
given-up = Ich wurde bei „{ $text }“ { $n }-mal unterbrochen und versuche es nicht mehr. Sieh nach, wie weit es kam, bevor du es noch einmal sagst.
kept-image = Ich hebe das Bild auf, kann mir zugesandte Bilder aber nicht ansehen.
kept-audio = Ich hebe die Sprachnachricht auf, kann aber noch nicht zuhören: Bitte schreib es mir.
kept-other = Ich hebe die Datei auf, kann Dateien aber noch nicht lesen.
not-kept = Du hast etwas mitgeschickt, das ich nicht holen konnte.
secret-forgotten = Ich wurde unterbrochen, bevor ich das Passwort oder den Code von dir benutzt hatte, und ich hebe keines auf. Es wurde nichts damit getan: Bitte sende es noch einmal.
stopped-before = Du hast Stopp gesagt, also habe ich mit „{ $text }“ nicht begonnen.
too-late = „{ $text }“ hast du vor einiger Zeit geschrieben ({ $late }), und ich habe es nicht getan. Sag es noch einmal, wenn es noch gilt.
too-late-begun = „{ $text }“ hast du vor einiger Zeit geschrieben ({ $late }); ich wurde unterbrochen und habe nicht weitergemacht. Sag es noch einmal, wenn es noch gilt.
