# Reglas de los avisos: de qué tratan, y por qué se avisó o no.

## De qué trata una regla

rule-kind =
    { $kind ->
        [person] personas
        [vehicle] vehículos
        [animal] animales
        [package] cosas que alguien deja o se lleva
        [open] puertas que se quedan abiertas
       *[camera] cámaras que no ven
    }
rule-doing =
    { $what ->
        [arrived] llegan
        [joined] son más que antes
        [returned] vuelven
        [lingers] se quedan un rato
        [stopped] paran
        [left_something] dejan algo
        [took_something] se llevan algo
        [dark] dejan de ver
       *[opened] siguen sin cerrar
    }
rule-everything = todo
rule-anything = todo
rule-things-that = { $things } que { $does }
rule-all-that = todos los que { $does }
rule-when = { $scope }, { $when }
rule-near = en ese sitio exacto
rule-within = dentro de { $zones }
rule-from = de { $hours }
rule-except-from = salvo de { $hours }
rule-while =
    { $presence ->
        [home] mientras estás en casa
       *[away] mientras estás fuera
    }
rule-until = hasta las { $time }
rule-until-day = hasta las { $time } { $day }
hours = { $start } a { $end }
rule-told = aviso: { $scope }
rule-untold = no aviso: { $scope }
rule-said = { $rule }; porque dijiste «{ $said }» { $day }
rule-made = { $rule }; porque pusiste esta regla { $day }

## Por qué se avisó o no: frases que siguen a «porque»

nothing-to-tell = Lo apunté; no había nada que avisar.
told-because = Te avisé a las { $time } porque { $why }
untold-because = No te avisé porque { $why }
why-since = { $why } { $day }
why-said = dijiste «{ $said }»
why-rule = hiciste una regla de eso
why-part = era parte de algo de lo que ya te había avisado
why-over = ya había terminado
why-late = ya era tarde cuando pude avisar
why-private = la cámara está en modo privado
why-owners-only = a quien no lo ha pedido solo le aviso si la casa es suya
why-people = aviso de las personas mientras no digas otra cosa
why-vehicles-stop = aviso de los vehículos que paran mientras no digas otra cosa
why-vehicles-pass = no aviso de los vehículos que solo pasan
why-animals = no aviso de los animales si no me lo pides
why-things = aviso de lo que alguien deja o se lleva mientras no digas otra cosa
why-windows = no aviso de las ventanas abiertas si no me lo pides
why-open = seguía sin cerrar: { $place }
why-cameras = aviso de las cámaras que no ven
why-alike = hubo { $count } como eso en poco tiempo
why-enough = ya te había avisado de { $count } cosas en esa hora
