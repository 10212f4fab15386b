# Ce que les caméras voient, et ce qu'elles ont vu : réponses à qui demande.

not-a-camera = Ce n'est pas une caméra.
no-camera-yet = Je ne connais encore aucune caméra.
camera-sees = { $camera } : { $state }
sight-state =
    { $state ->
        [private] mode privé
        [silent] elle ne répond pas
        [unwatched] pas surveillée
        [blind] aveugle, je n'ai pas de détecteur
        [offline] dans le noir, elle ne répond pas
        [refused] dans le noir, elle refuse mon mot de passe
        [frozen] dans le noir, son image est figée
        [nothing] rien en vue
       *[unseen] pas encore vue
    }
in-view = { $things } en vue
cameras-private =
    { $count ->
        [one] { $cameras } est en mode privé : je ne regarde pas
       *[other] { $cameras } sont en mode privé : je ne regarde pas
    }
more-pictures =
    { $count ->
        [one] Il y en a encore 1 ; demande-la par son nom.
       *[other] Il y en a encore { $count } ; demande-les par leur nom.
    }
things-are =
    { $count ->
        [one] { $things } est là ({ $where })
       *[other] { $things } sont là ({ $where })
    }
picture-now = { $place }, maintenant
picture-now-with = { $place }, maintenant : { $things }
picture-now-nobody = { $place }, maintenant : personne
no-older-picture = { $why } Je n'ai pas d'image plus ancienne : { $place }
last-picture = { $why } La dernière image : { $day } à { $time }

## Personne, rien

nobody-is-there = il n'y a personne en ce moment ({ $where })
nobody-is-seen = on ne voit personne en ce moment
none-is-there = pas { $things } en ce moment ({ $where })
none-is-seen = on ne voit pas { $things } en ce moment
cannot-see = je ne vois pas ceci : { $places }
last-time = La dernière fois, { $day } : { $told }
saw-nothing =
    { $what ->
        [lingers] je n'ai vu personne s'attarder { $when }
        [left_something] je n'ai vu personne déposer quelque chose { $when }
        [took_something] je n'ai vu personne emporter quelque chose { $when }
        [both] je n'ai vu personne déposer ou emporter quelque chose { $when }
        [person] je n'ai vu personne { $when }
       *[nothing] je n'ai rien vu { $when }
    }
saw-nothing-there =
    { $what ->
        [lingers] je n'ai vu personne s'attarder { $when } ({ $where })
        [left_something] je n'ai vu personne déposer quelque chose { $when } ({ $where })
        [took_something] je n'ai vu personne emporter quelque chose { $when } ({ $where })
        [both] je n'ai vu personne déposer ou emporter quelque chose { $when } ({ $where })
        [person] je n'ai vu personne { $when } ({ $where })
       *[nothing] je n'ai rien vu { $when } ({ $where })
    }
saw-none = je n'ai pas vu { $things } { $when }
saw-none-there = je n'ai pas vu { $things } { $when } ({ $where })
do-not-watch = je ne surveille pas ceci : { $cameras }
unknown-out = Je ne sais pas quand tu n'étais pas là : dis-moi quand tu pars, et je le saurai.

## Ce qu'il y a eu

yes-there-was = Oui. { $told }
day-told = { $day } : { $told }
day-time-told = { $day }, { $time } : { $told }
things-at = { counted } ({ $where }, { $when })
counted-things = j'ai compté { $things } { $when }
counted-things-at = j'ai compté { $things } { $when } : { $times }
time-where = { $time } ({ $where })
since = depuis { $start }
between = entre { $start } et { $end }
time-on-day = { $time } { $day }

## Images

pictures-full = Le disque est presque plein : je ne garde plus de nouvelles images tant qu'il n'y a pas de place.
picture-gone = Je n'ai plus cette image.
picture-strange = Ce que la caméra a envoyé n'est pas une image que je peux garder.
picture-sealed = Cette image a été scellée avec une autre clé que { $key }. Restaure ce fichier pour la voir.
picture-key-damaged = Le fichier de clé { $key } est abîmé. Restaure-le ; sans lui, mes images restent scellées.
picture-not-kept = Je n'ai pas pu garder l'image ({ $why }).
picture-not-read = Je n'ai pas pu lire l'image ({ $why }).
picture-not-removed = Je n'ai pas pu supprimer une image ({ $why }).
