# Ce que les caméras doivent faire, et les règles de chacun : confirmé, énuméré, demandé.

## Caméras

where-looks = Où regarde-t-elle ?
where-looks-first = Où regarde-t-elle ? Dis-le d'abord.
place-unknown = Je ne sais pas encore où regarde { $cameras }. Où ?
place-kept = Je surveille ceci maintenant : { $place }. Aux propriétaires, je signale les personnes, les véhicules qui s'arrêtent et ce qui est déposé là. Ce qu'il faut ignorer peut être dessiné sur la page.
do-place = retenir que { $name } regarde là, et le surveiller : { $place }
camera-name = Caméra { $place }
say-undo = Dis « annule ce que tu as fait » et je reviens en arrière.
nothing-to-set = Il n'y a rien à régler là-dedans.
password-again = Je n'ai plus son mot de passe. Envoie-moi l'adresse encore une fois.
no-such-setting = Ce n'est pas un réglage de caméra.
place-watched = Je surveille ceci maintenant : { $place }.
camera-unplaced = Je vois maintenant { $name }. Dis-moi où elle regarde, et je la surveille.
no-camera-at-address = Il n'y a pas de caméra à cette adresse.
camera-taken-in = Je l'ai : { $name }. Ensuite, je demande où elle regarde.
do-add-camera = ajouter la caméra { $address }
do-add-camera-as = ajouter la caméra { $address } sous le nom « { $name } »
two-cameras = Nomme deux caméras qui voient le même endroit.
one-place = Ce qui est vu là en même temps est désormais une seule chose pour moi ({ $places })
own-places = ce sont pour moi des endroits différents : { $places }
set-watched =
    { $on ->
        [yes] je surveille ceci : { $places }
       *[no] je ne surveille plus ceci : { $places }
    }
set-private-hours = chaque jour de { $hours }, je n'y regarde rien ({ $places })
set-private =
    { $on ->
        [yes] le mode privé est actif : je n'y regarde rien ({ $places })
       *[no] le mode privé est coupé : je regarde de nouveau ({ $places })
    }
set-record =
    { $on ->
        [yes] je garde des images de ce qui s'y passe ({ $places })
       *[no] je ne garde pas d'images de ce qui s'y passe ({ $places })
    }
set-describe =
    { $on ->
        [yes] un modèle hors de la maison peut voir ces images : { $places }
       *[no] aucun modèle hors de la maison ne peut voir ces images : { $places }
    }
do-watched =
    { $on ->
        [yes] surveiller ceci ({ $places })
       *[no] ne plus surveiller ceci ({ $places })
    }
do-private-hours = n'y rien regarder chaque jour de { $hours } ({ $places })
do-private =
    { $on ->
        [yes] n'y rien regarder ({ $places })
       *[no] y regarder de nouveau ({ $places })
    }
do-record =
    { $on ->
        [yes] garder des images de ce qui s'y passe ({ $places })
       *[no] ne pas garder d'images de ce qui s'y passe ({ $places })
    }
do-describe =
    { $on ->
        [yes] laisser un modèle hors de la maison voir ces images ({ $places })
       *[no] ne plus laisser un modèle hors de la maison voir ces images ({ $places })
    }
do-overlap =
    { $on ->
        [yes] prendre cela pour un seul endroit ({ $places })
       *[no] prendre cela pour des endroits différents ({ $places })
    }
do-be =
    { $home ->
        [yes] noter que tu es à la maison
       *[no] noter que tu n'es pas là
    }
welcome-home = Bon retour à la maison. Demande ce qui s'est passé, et je te le dis.
see-you-later = D'accord, je sais que tu n'es pas là. À plus tard.

## Règles des alertes

alerts-usual = Aux propriétaires, je signale les personnes, les véhicules qui s'arrêtent, les objets déposés ou emportés, les portes qui restent ouvertes et les caméras qui ne voient rien ; pas les animaux.
no-rules = Tu n'as fait aucune règle. { alerts-usual }
no-rules-there = Tu n'as fait aucune règle pour cette caméra.
no-such-rule = Tu n'as pas de règle de ce genre.
which-seen = Je ne sais pas de quoi tu parles : dis-le quand je te l'aurai signalé.
no-rule-of-that = Je ne peux pas en faire une règle.
no-such-zone = Aucune partie d'image ne s'appelle « { $name } ». Dessine-la sur la page et donne-lui un nom.
no-such-zone-but = Aucune partie d'image ne s'appelle « { $name } ». Je connais : { $known }. Dessine-la sur la page et donne-lui un nom.
will-tell = D'accord, je te signale ceci : { $scope }.
will-tell-only = D'accord, de ce que j'y vois, je ne te signale que ceci : { $scope }.
will-not-tell = D'accord, je ne te signale pas ceci : { $scope }. Dis « annule ce que tu as fait » et je reviens en arrière.
do-not-tell = ne plus signaler ceci : { $scope }
do-not-tell-like = ne plus signaler ceci : { $scope }, comme dans ma dernière alerte
do-drop-rule = oublier la règle { $number } de tes alertes
do-drop-rules =
    { $which ->
        [all] oublier toutes tes règles d'alertes
        [last] oublier ta dernière règle d'alertes
       *[some] oublier une règle d'alertes
    }
your-rules = Tes règles ; la plus récente qui convient décide :
which-rule = Laquelle ? Dis par exemple : supprime la règle 1
rule-called = règle { $number }
rule-quoted = « { $said } »
rules-forgotten = Oublié : { $rules }.
kept-nothing-back = Je ne t'ai rien caché.
told-of-nothing = Je ne t'ai encore rien signalé.
alert-explained = « { $alert } » : { $why }
taken-back = Annulé : « { $said } ».
that-taken-back = C'est annulé.
