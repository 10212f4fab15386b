# Was im Netz darauf wartet, gekoppelt zu werden, und was wieder vergessen wird.

pairing-nothing = Hier wartet nichts darauf, gekoppelt zu werden. Sag „such neue Geräte“, dann sehe ich noch einmal nach.
pairing-none-such =
    Nichts, was auf das Koppeln wartet, heißt „{ $what }“. { $count ->
        [one] Es wartet
       *[other] Es warten
    }: { $waiting }. Sag zum Beispiel: koppel { $first }
pairing-which = Was davon: { $waiting }? Sag zum Beispiel: koppel { $first }
pairing-at = { $name } ({ $address })
pairing-plainly = Gib mir einen Code in klaren Worten, zum Beispiel: koppel das Flurschloss mit 123-45-678.
pairing-empty = Es ist gekoppelt, aber darin ist noch nichts, was ich benutzen kann.
paired = Gekoppelt. Jetzt kann ich benutzen: { $devices }.
do-pair = „{ $what }“ in dieses Haus lassen
what-waits = was hier wartet

unpaired = Vergessen: { $whole }.
names-stay = Wie du sie genannt hast, behalte ich für das nächste Koppeln.
with-all = { $name } und alles dahinter ({ $n } Geräte)
not-unpaired = Eine Kamera kann ich nicht vergessen. Ich kann sie in Ruhe lassen, wenn du sagst, dass ich sie nicht mehr beobachten soll: { $name }.
paired-with-none = Ich bin mit nichts gekoppelt, das „{ $what }“ heißt.
unpair-which = Was davon: { $names }?
do-unpair = „{ $what }“ vergessen
