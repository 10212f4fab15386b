# Alertes : ce que les caméras ont vu, dit sans qu'on le demande.

## Quelqu'un ($count) ; $where et $when tels qu'on les dit

person-is =
    { $count ->
        [one] { someone } est là ({ $where })
       *[other] { someone } sont là ({ $where })
    }
person-is-since = { person-is }, depuis { $time }
person-was =
    { $count ->
        [one] { someone } était là ({ $where }), { $when }
       *[other] { someone } étaient là ({ $where }), { $when }
    }
person-was-again = { person-was }, plus d'une fois
person-and-did =
    { $what ->
        [left_something] { $told } ; un objet a été déposé
       *[took_something] { $told } ; un objet a été emporté
    }
person-did =
    { $what ->
        [left_something] { $told } ; un objet a été déposé
       *[took_something] { $told } ; un objet a été emporté
    }
person-delivered = { $told } ; un objet a été déposé : une livraison, semble-t-il
person-lingers =
    { $count ->
        [one] { someone } est là depuis { $duration } ({ $where })
       *[other] { someone } sont là depuis { $duration } ({ $where })
    }
person-left =
    { $count ->
        [one] { someone } a déposé quelque chose ({ $where })
       *[other] { someone } ont déposé quelque chose ({ $where })
    }
person-took =
    { $count ->
        [one] { someone } a emporté quelque chose ({ $where })
       *[other] { someone } ont emporté quelque chose ({ $where })
    }
delivery-seems = Une livraison, semble-t-il : { $told }
came-with-it =
    { $count ->
        [one] { $told } ; { someone } est venu avec, semble-t-il
       *[other] { $told } ; { someone } sont venues avec, semble-t-il
    }
came-to-deliver = { came-with-it }, et un objet a été déposé : une livraison

## Véhicules et animaux

thing-is =
    { $count ->
        [one] { counted } est là ({ $where })
       *[other] { counted } sont là ({ $where })
    }
thing-was =
    { $count ->
        [one] { counted } était là ({ $where }), { $when }
       *[other] { counted } étaient là ({ $where }), { $when }
    }
vehicle-stops =
    { $count ->
        [one] { counted } vient de s'arrêter ({ $where })
       *[other] { counted } viennent de s'arrêter ({ $where })
    }
vehicle-stopped =
    { $count ->
        [one] { counted } a stationné ({ $where }), { $when }
       *[other] { counted } ont stationné ({ $where }), { $when }
    }
vehicle-passed = j'ai vu passer { counted } ({ $place }), { $when }
something-moves = quelque chose a bougé ({ $where })
something-moved = quelque chose a bougé ({ $where }), { $when }

## Objets, portes, caméras

thing-missing = il manque quelque chose ({ $where }) ; je n'ai pas vu qui l'a pris
thing-missing-at = { thing-missing }, { $time }
thing-left = quelque chose a été déposé ({ $where }) ; je n'ai pas vu par qui
thing-left-at = { thing-left }, { $time }
open-still = toujours ouvert depuis { $duration } : { $place }
open-ended = resté ouvert pendant { $duration }, jusqu'à { $time } : { $place }
camera-dark = { $camera } ne voit plus rien
camera-dark-why = { $camera } ne voit plus rien ({ $why })
camera-back = { $camera } voit de nouveau ; elle n'a rien vu, { $when }
dark-why =
    { $state ->
        [offline] elle ne répond pas
        [refused] elle refuse mon mot de passe
        [frozen] son image est figée
       *[blind] je n'ai pas de détecteur
    }
described = { $told } : « { $words } »
held-back =
    { $count ->
        [one] Il y a eu encore 1 événement dans la dernière heure ; il est sur la page.
       *[other] Il y a eu encore { $count } événements dans la dernière heure ; ils sont sur la page.
    }

## Les yeux eux-mêmes, et les nouvelles caméras

eyes-missing = Mes yeux ne tournent pas, donc je ne surveille pas les caméras.
eyes-not-installed = Je ne peux pas surveiller de caméras : ce qu'il faut aux yeux n'est pas installé. Sur mon serveur : pip install 'dobby[vision]', puis redémarre-moi.
eyes-blind = Je ne peux pas surveiller les caméras : { $why }
no-detector = Je n'ai pas de détecteur.
eyes-well = Je surveille de nouveau les caméras.
camera-found = Je vois une caméra. Où regarde-t-elle ?
camera-found-as = Je vois une caméra ({ $what }). Où regarde-t-elle ?
