# Letting in what waits on the network, and giving it up again.

pairing-nothing = Nothing here is waiting to be paired. Say scan, and I look again.
pairing-none-such =
    Nothing that waits to be paired is called “{ $what }”. { $waiting } { $count ->
        [one] waits
       *[other] wait
    }. Say, for instance: pair { $first }
pairing-which = Which one: { $waiting }? Say, for instance: pair { $first }
pairing-at = { $name } at { $address }
pairing-plainly = Give me a code in plain words: pair the hall lock with 123-45-678, for instance.
pairing-empty = It is paired, but there is nothing in it that I can use yet.
paired = Paired. I can now use { $devices }.
do-pair = let “{ $what }” into this house
what-waits = what waits here

unpaired = I have forgotten { $whole }.
names-stay = What you called them is kept for when they are paired again.
with-all = { $name } and its { $n } devices
not-unpaired = I cannot forget a camera. I can leave it alone: say, for instance, stop watching { $name }.
paired-with-none = I am paired with nothing that is called “{ $what }”.
unpair-which = Which one: { $names }?
do-unpair = forget { $what }
