# Warum nichts getan wurde, und eine gute Frage. $said: ob es Worte zu zeigen gibt.

not-understood =
    Ich habe nichts getan: { $said ->
        [yes] „{ $what }“ verstehe ich nicht. Was meinst du damit?
       *[no] Das habe ich nicht sicher verstanden. Wie meinst du es?
    }
empty = In dieser Nachricht stand nichts.
too-long = Das ist mir zu lang. Was soll ich tun, kurz gesagt?
ask-what = Was möchtest du wissen?
what-shall-i-do = Was soll ich damit tun: { $what }?
what-thing = Was meinst du? Bitte nenn es beim Namen.
what-is-that = Was meinst du damit? Bitte nenn es beim Namen.
which-thing = Was davon? Bitte nenn es beim Namen.
which-one = Was davon: { $options }?
which-room = In welchem Raum? Ich kenne: { $rooms }.
which-timer = Welcher Timer: { $options }?
unknown-name = „{ $what }“ kenne ich nicht. Ich kenne: { $rooms }.
unknown-kind = Ich kenne hier keine { kinds }.
unknown-there = „{ $what }“ finde ich dort nicht. Ich kenne dort ({ $room }): { $known }. Was davon?
unable = Das geht damit nicht: { $names }.
knows-only =
    { $name } kann nicht { $mode ->
        [heat] heizen
        [cool] kühlen
        [dry] entfeuchten
        [fan] nur lüften
       *[auto] von selbst regeln
    }. Zur Wahl: { $options }.
goes-to = Zur Wahl bei { $name }: { $options }. Was davon?
out-of-range = { $name } geht von { $low } bis { $high }. Was soll es sein?
level-unseen = Das sehe ich bei { $name } gerade nicht ({ ability }). Auf welchen Wert?
big-step = Das ist ein großer Schritt. Auf wie viel Grad?
negation = Ich habe nichts getan, weil du es nicht willst. Was soll ich stattdessen tun?
condition = Ich habe nichts getan: Das hängt von etwas ab.
either = Ich habe nichts getan: Welches von beiden soll es sein?
past = Ich habe nichts getan: Das ist vergangen. Was soll ich jetzt tun?
future = Ich habe nichts getan: Ich kann nur sofort handeln, nicht später.
reported = Ich habe nichts getan: Das klang nicht nach einem Auftrag. Was soll ich tun?
exception-unknown = Ich weiß nicht, was ich auslassen soll: { $what }. Was davon?
nothing-to-do = In Ordnung, ich lasse es, wie es ist.
two-things-at-once = Ich habe nichts getan: Du willst von einem Gerät zweierlei. Was davon?
everything-on = Ich habe nichts getan: Alles auf einmal ist viel. Was soll ich einschalten?
how-armed = Wie soll ich scharf schalten: zu Hause, abwesend oder Nacht?
how-many-degrees = Wie viel Grad sollen es sein?
join-whom = Mit welchem Lautsprecher?
move-whence = Von welchem Lautsprecher soll die Musik wechseln?
no-speaker = Dort kenne ich keinen Lautsprecher. Ich kenne: { $rooms }.
no-player = Ich kenne nichts, das Musik spielt.
play-what = Was soll ich spielen?
playing-already = Es läuft schon. Was soll ich spielen?
plays-not = Ich habe nichts getan: { $what } läuft gerade nicht. Was soll ich anhalten?
one-room = Bitte einen Raum nach dem anderen. Welchen?
timer-how-long = Wie lange?
timer-too-short = So viel Zeit ist darauf nicht mehr. Was soll ich tun?
no-timer = So einen Timer kenne ich nicht: { $name }.
not-on-list = Das steht nicht auf { $name }. Dort steht: { $items }.
nothing-moves = Soweit ich weiß, bewegt sich nichts und nichts spielt.
cannot-undo = Ich kann nur zurücknehmen, was ich mir merken sollte. Was soll ich stattdessen einstellen?
of-roles = Ich habe nichts getan. Was jemand darf, geht nach der Rolle, und ich führe keine Regel für eine Person oder ein Ding: Besitzer und Erwachsene dürfen alles einstellen, Heikles nach einem Code; Kinder und Gäste nichts Heikles und keinen Alarm; Gäste auch kein Schloss und keine Heizung. Ein Besitzer kann jemanden in einer anderen Rolle neu einladen oder entfernen. Was soll ich tun?
and-now = { $why } Was soll ich jetzt tun?
name-unclear = „{ $name }“ ist kein Name, den ich von anderen Wörtern unterscheiden könnte.
name-order = „{ $name }“ ist ein Befehl: Als Name würde er allen fehlen.
name-word = „{ $name }“ ist ein Wort, aus dem Befehle bestehen: Als Name würde es fehlen.
name-common = „{ $name }“ heißen schon mehrere Dinge, oder andere.
name-hides = „{ $name }“ würde man für etwas anderes halten ({ $like }), und das hier ist: { $kind }. Der Name soll es sagen.
asked-later = Das kann ich nicht sagen: ich weiß nur, wie es jetzt ist, nicht, wie es wird.
asked-past = Das kann ich nicht sagen: ich weiß nur, wie es jetzt ist, nicht, wie es war.
