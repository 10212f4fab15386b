# Ce qui attend sur le réseau d'être associé, et ce qu'on oublie.

pairing-nothing = Rien n'attend ici d'être associé. Dis « cherche de nouveaux appareils », et je regarde encore.
pairing-none-such =
    Rien de ce qui attend ne s'appelle « { $what } ». { $count ->
        [one] En attente
       *[other] En attente
    } : { $waiting }. Dis par exemple : appaire { $first }
pairing-which = Lequel : { $waiting } ? Dis par exemple : appaire { $first }
pairing-at = { $name } ({ $address })
pairing-plainly = Donne-moi le code en toutes lettres, par exemple : appaire la serrure de l'entrée avec 123-45-678.
pairing-empty = C'est associé, mais il n'y a encore rien dedans que je puisse utiliser.
paired = Associé. Je peux maintenant utiliser : { $devices }.
do-pair = laisser « { $what } » entrer dans cette maison
what-waits = ce qui attend ici

unpaired = Oublié : { $whole }.
names-stay = Les noms que tu leur as donnés sont gardés pour la prochaine fois.
with-all = { $name } et ses { $n } appareils
not-unpaired = Je ne peux pas oublier une caméra. Je peux la laisser tranquille : dis-moi de ne plus surveiller { $name }.
paired-with-none = Je ne suis associé à rien qui s'appelle « { $what } ».
unpair-which = Lequel : { $names } ?
do-unpair = oublier « { $what } »
