# Pourquoi rien n'a été fait, et une bonne question. $said : s'il y a des mots à montrer.

not-understood =
    Je n'ai rien fait : { $said ->
        [yes] je ne comprends pas « { $what } ». Que veux-tu dire par là ?
       *[no] je ne suis pas sûr d'avoir compris. Que veux-tu ?
    }
empty = Il n'y avait rien dans ce message.
too-long = C'est trop long pour moi. Que dois-je faire, en bref ?
ask-what = Que veux-tu savoir ?
what-shall-i-do = Que dois-je en faire : { $what } ?
what-thing = De quoi parles-tu ? Dis son nom, s'il te plaît.
what-is-that = Que veux-tu dire par là ? Dis son nom, s'il te plaît.
which-thing = Quel appareil ? Dis son nom, s'il te plaît.
which-one = Au choix : { $options } ?
which-room = Quelle pièce ? Je connais : { $rooms }.
which-timer = Quel minuteur : { $options } ?
unknown-name = Je ne connais pas « { $what } ». Je connais : { $rooms }.
unknown-kind = Je ne connais pas de { kinds } ici.
unknown-there = Je ne trouve pas « { $what } » là-bas. J'y connais ({ $room }) : { $known }. Lequel des noms ?
unable = Ce n'est pas possible avec : { $names }.
knows-only =
    { $name } ne peut pas { $mode ->
        [heat] chauffer
        [cool] refroidir
        [dry] déshumidifier
        [fan] seulement ventiler
       *[auto] régler de façon automatique
    }. Au choix : { $options }.
goes-to = Au choix pour { $name } : { $options } ?
out-of-range = { $name } va de { $low } à { $high }. Combien faut-il ?
level-unseen = Je ne le vois pas maintenant pour { $name } ({ ability }). À combien ?
big-step = C'est un grand pas. À combien de degrés ?
negation = Je n'ai rien fait, puisque tu ne le veux pas. Que dois-je faire à la place ?
condition = Je n'ai rien fait : cela dépend de quelque chose.
either = Je n'ai rien fait : lequel des deux ?
past = Je n'ai rien fait : cela concerne le passé. Que dois-je faire maintenant ?
future = Je n'ai rien fait : je ne peux agir que tout de suite, pas plus tard.
reported = Je n'ai rien fait : cela ne ressemblait pas à un ordre. Que dois-je faire ?
exception-unknown = Je ne sais pas quoi laisser de côté : { $what }. Dis-le autrement ?
nothing-to-do = D'accord, je laisse tout comme c'est.
two-things-at-once = Je n'ai rien fait : tu veux deux choses à la fois d'un même appareil. Laquelle ?
everything-on = Je n'ai rien fait : tout à la fois, c'est beaucoup. Que dois-je allumer ?
how-armed = Comment dois-je armer : présence, absence ou nuit ?
how-many-degrees = Combien de degrés ?
join-whom = Avec quelle enceinte ?
move-whence = De quelle enceinte la musique doit-elle partir ?
no-speaker = Je n'y connais pas d'enceinte. Je connais : { $rooms }.
no-player = Je ne connais rien qui joue de la musique.
play-what = Que dois-je jouer ?
playing-already = La lecture est déjà en cours. Que dois-je jouer ?
plays-not = Je n'ai rien fait : { $what } ne joue pas en ce moment. Que dois-je arrêter ?
one-room = Une pièce à la fois, s'il te plaît. Laquelle ?
timer-how-long = Combien de temps ?
timer-too-short = Il n'y reste pas autant de temps. Que dois-je faire ?
no-timer = Je ne connais pas ce minuteur : { $name }.
not-on-list = Ce n'est pas sur { $name }. Il y a : { $items }.
nothing-moves = À ma connaissance, rien ne bouge et rien ne joue.
cannot-undo = Je ne peux annuler que ce que l'on m'a demandé de retenir. Que dois-je régler à la place ?
of-roles = Je n'ai rien fait. Ce que chacun peut faire dépend de son rôle, et je ne garde aucune règle pour une seule personne ou une seule chose : propriétaires et adultes peuvent tout régler, le délicat après un code ; enfants et invités rien de délicat, ni l'alarme ; les invités ni serrure ni chauffage non plus. Un propriétaire peut inviter quelqu'un de nouveau avec un autre rôle, ou le retirer. Que dois-je faire ?
and-now = { $why } Que dois-je faire maintenant ?
name-unclear = « { $name } » n'est pas un nom que je puisse distinguer d'autres mots.
name-order = « { $name } » est un ordre : comme nom, il manquerait à tous.
name-word = « { $name } » est un mot dont on fait les ordres : comme nom, il manquerait.
name-common = « { $name } » désigne déjà plusieurs choses, ou d'autres.
name-hides = « { $name } » passerait pour autre chose ({ $like }), or voici ce que c'est : { $kind }. Le nom doit le dire.
asked-later = Je ne sais pas : je vois seulement ce qui est maintenant, pas ce qui sera.
asked-past = Je ne sais pas : je vois seulement ce qui est maintenant, pas ce qui était.
