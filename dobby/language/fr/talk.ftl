# Ce que Dobby dit de lui-même : saluts, aide, heure, ce qu'il connaît, noms, ce qu'il retient.

hello = Bonjour. Que puis-je faire ?
thanks = Avec plaisir.
bye = À plus tard.
who-am-i = Je suis Dobby et je m'occupe de cette maison. Écris « aide » pour savoir ce que je sais faire.
help = Dis simplement ce que tu veux : « allume la cuisine », « un peu plus chaud », « joue du jazz dans la salle de bain », « ferme les volets ». Demande : « le garage est-il ouvert ? », « quelles lumières sont allumées ? », « quelle température fait-il ? ». Listes et minuteurs : « ajoute du lait à la liste de courses », « minuteur de dix minutes ». Mémoire : « retiens que la clé de secours est chez Anna », « où est la clé de secours ? ». Personnes : « invite Anna comme adulte », « tu connais qui ? ». Dis « cherche de nouveaux appareils », et je regarde ; « annule la dernière action », et je reprends ce que j'ai noté.
left-alone = D'accord, je laisse.
date-is = Nous sommes le { $date }.
time-is = Il est { $time }.

language-kept = D'accord, désormais nous parlons français.
ask-for-language = Je n'ai rien fait : ici j'écoute dans une autre langue. Plutôt en français ? Alors écris « parle français ».

known-devices = Je connais { $devices }.
found-no = Je n'ai rien trouvé ici : { $what }.
found-nothing = Je n'ai encore rien trouvé sur ce réseau.
no-devices-in = Je n'y connais aucun appareil : { $room }.
no-devices = Je ne connais encore aucun appareil. Dis : cherche de nouveaux appareils.
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

broken = Quelque chose a mal tourné en moi pendant ce travail, et rien de plus n'a été fait. Mon journal dit ce qui s'est passé.
given-up = J'ai été interrompu { $n } fois pendant « { $text } », je n'essaie donc plus. Regarde où cela en est avant de le redire.
kept-image = Je garde l'image, mais je ne peux pas regarder les images qu'on m'envoie.
kept-audio = Je garde le message vocal, mais je ne peux pas encore écouter : écris-le-moi, s'il te plaît.
kept-other = Je garde le fichier, mais je ne peux pas encore lire de fichiers.
not-kept = Tu as joint quelque chose que je n'ai pas pu récupérer.
secret-forgotten = J'ai été interrompu avant d'avoir utilisé le mot de passe ou le code que tu as envoyé, et je n'en garde aucun. Rien n'a été fait avec : renvoie-le, s'il te plaît.
stopped-before = Tu as dit stop, je n'ai donc pas commencé « { $text } ».
too-late = Tu as écrit « { $text } » il y a { $late }, et je ne l'ai pas fait. Redis-le si cela vaut toujours.
too-late-begun = Tu as écrit « { $text } » il y a { $late } ; j'ai été interrompu et je n'ai pas continué. Redis-le si cela vaut toujours.
