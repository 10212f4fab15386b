# Règles des alertes : de quoi il s'agit, et pourquoi quelque chose a été signalé ou non.

## De quoi parle une règle

rule-kind =
    { $kind ->
        [person] personnes
        [vehicle] véhicules
        [animal] animaux
        [package] objets déposés ou emportés
        [open] portes qui restent ouvertes
       *[camera] caméras qui ne voient rien
    }
rule-doing =
    { $what ->
        [arrived] arrivent
        [joined] deviennent plus nombreux
        [returned] reviennent
        [lingers] s'attardent
        [stopped] s'arrêtent
        [left_something] déposent quelque chose
        [took_something] emportent quelque chose
        [dark] ne voient plus rien
       *[opened] restent ouverts
    }
rule-everything = tout
rule-anything = tout
rule-things-that = { $things } qui { $does }
rule-all-that = tous ceux qui { $does }
rule-when = { $scope }, { $when }
rule-near = à cet endroit précis
rule-within = dans { $zones }
rule-from = de { $hours }
rule-except-from = sauf de { $hours }
rule-while =
    { $presence ->
        [home] quand tu es à la maison
       *[away] quand tu n'es pas là
    }
rule-until = jusqu'à { $time }
rule-until-day = jusqu'à { $time } { $day }
hours = { $start } à { $end }
rule-told = signalé : { $scope }
rule-untold = pas signalé : { $scope }
rule-said = { $rule } ; car tu as dit « { $said } » { $day }
rule-made = { $rule } ; car tu as fait cette règle { $day }

## Pourquoi quelque chose a été signalé ou non : des phrases qui suivent « car »

nothing-to-tell = Je l'ai noté ; il n'y avait rien à signaler.
told-because = Je te l'ai signalé à { $time }, car { $why }
untold-because = Je ne te l'ai pas signalé, car { $why }
why-since = { $why } { $day }
why-said = tu as dit « { $said } »
why-rule = tu en as fait une règle
why-part = cela faisait partie de ce que je t'avais déjà signalé
why-over = c'était déjà fini
why-late = il était trop tard quand j'ai pu le signaler
why-private = la caméra est en mode privé
why-owners-only = sans demande de leur part, je ne signale rien qu'aux propriétaires
why-people = je signale les personnes, sauf si tu dis autre chose
why-vehicles-stop = je signale les véhicules qui s'arrêtent, sauf si tu dis autre chose
why-vehicles-pass = je ne signale pas les véhicules qui ne font que passer
why-animals = je ne signale pas les animaux, sauf si tu le demandes
why-things = je signale les objets déposés ou emportés, sauf si tu dis autre chose
why-windows = je ne signale pas les fenêtres ouvertes, sauf si tu le demandes
why-open = c'est resté ouvert : { $place }
why-cameras = je signale les caméras qui ne voient rien
why-alike = il y en avait eu { $count } en peu de temps
why-enough = je t'avais déjà signalé { $count } choses dans l'heure
