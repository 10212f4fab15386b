# Ce que Dobby dit de lui-même : saluts, aide, heure, ce qu'il connaît, noms, ce qu'il retient.

hello = Bonjour. Que puis-je faire ?
thanks = Avec plaisir.
bye = À plus tard.
who-am-i = Je suis Dobby et je m'occupe de cette maison. Écris « aide » pour savoir ce que je sais faire.
help = Dis simplement ce que tu veux : « allume la cuisine », « un peu plus chaud », « joue du jazz dans la salle de bain », « ferme les volets ». Demande : « le garage est-il ouvert ? », « quelles lumières sont allumées ? », « quelle température fait-il ? ». Listes et minuteurs : « ajoute du lait à la liste de courses », « minuteur de dix minutes ». Caméras, mémoire, personnes et noms, je les comprends pour l'instant en anglais : "who is at the door?", "remember that the spare key is with Anna", "invite Anna as adult", "rename the hall lamp to Bob". Avec "scan" je cherche de nouveaux appareils, avec "undo" je reprends ce que j'ai noté.
left-alone = D'accord, je laisse.
date-is = Nous sommes le { $date }.
time-is = Il est { $time }.

language-kept = D'accord, désormais nous parlons français.
ask-for-language = Je n'ai rien fait : ici j'écoute dans une autre langue. Plutôt en français ? Alors écris « parle français ».

known-devices = Je connais { $devices }.
found-no = Je n'ai rien trouvé ici : { $what }.
found-nothing = Je n'ai encore rien trouvé sur ce réseau.
no-devices-in = Je n'y connais aucun appareil : { $room }.
no-devices = Je ne connais encore aucun appareil. Dis : scan.
devices-in = { $room } : { $devices }.
no-such-device = Je ne connais pas cet appareil.

goes-by = { $who } s'appelle aussi { $name } maintenant
is-called = { $who } s'appelle maintenant { $name }
naming =
    { $how ->
        [name] sous le nom « { $name } »
        [room] dans la pièce « { $name } »
       *[alias] aussi sous le nom « { $name } »
    }
do-name = noter { $thing } { $names }

do-remember = retenir que tu as dit : « { $text } »
do-forget = oublier ce que je sais de « { $what } »
do-undo = reprendre ce que tu as changé en dernier
