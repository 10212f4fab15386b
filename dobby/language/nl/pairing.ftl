# Wat op het netwerk wacht om gekoppeld te worden, en wat weer vergeten wordt.

pairing-nothing = Hier wacht niets om gekoppeld te worden. Zeg “zoek nieuwe apparaten”, dan kijk ik nog eens.
pairing-none-such =
    Niets dat wacht om gekoppeld te worden heet “{ $what }”. { $count ->
        [one] Er wacht
       *[other] Er wachten
    }: { $waiting }. Zeg bijvoorbeeld: koppel { $first }
pairing-which = Welke: { $waiting }? Zeg bijvoorbeeld: koppel { $first }
pairing-at = { $name } ({ $address })
pairing-plainly = Geef me een code in gewone woorden, bijvoorbeeld: koppel het slot in de hal met 123-45-678.
pairing-empty = Het is gekoppeld, maar er zit nog niets in dat ik kan gebruiken.
paired = Gekoppeld. Ik kan nu gebruiken: { $devices }.
do-pair = “{ $what }” in dit huis toelaten
what-waits = wat hier wacht

unpaired = Vergeten: { $whole }.
names-stay = Hoe je ze noemde, bewaar ik voor als ze weer gekoppeld worden.
with-all = { $name } en de { $n } apparaten erachter
not-unpaired = Een camera kan ik niet vergeten. Ik kan hem met rust laten: zeg dat ik niet meer op { $name } moet letten.
paired-with-none = Ik ben met niets gekoppeld dat “{ $what }” heet.
unpair-which = Welke: { $names }?
do-unpair = “{ $what }” vergeten
