# Lo que deben hacer las cámaras, y las reglas de cada cual: confirmado, enumerado, preguntado.

## Cámaras

where-looks = ¿Adónde mira?
where-looks-first = ¿Adónde mira? Dilo primero.
place-unknown = Todavía no sé adónde mira { $cameras }. ¿Adónde?
place-kept = Ahora vigilo esto: { $place }. A los dueños les aviso de personas, de vehículos que paran y de lo que se deja allí. Lo que no deba mirar se puede dibujar en la página.
do-place = tomar nota de que { $name } mira ahí y vigilarlo: { $place }
camera-name = Cámara { $place }
say-undo = Di «deshazlo» y lo dejo como estaba.
nothing-to-set = Ahí no hay nada que ajustar.
password-again = Ya no tengo su contraseña. Envíame la dirección otra vez, por favor.
no-such-setting = Eso no es un ajuste de una cámara.
place-watched = Ahora vigilo esto: { $place }.
camera-unplaced = Ahora veo { $name }. Dime adónde mira y la vigilo.
no-camera-at-address = No hay ninguna cámara en esa dirección.
camera-taken-in = La tengo: { $name }. Ahora pregunto adónde mira.
do-add-camera = añadir la cámara de { $address }
do-add-camera-as = añadir la cámara de { $address } como «{ $name }»
two-cameras = Nombra dos cámaras que vean el mismo sitio.
one-place = Lo que se vea ahí a la vez es desde ahora una sola cosa para mí ({ $places })
own-places = para mí son sitios distintos: { $places }
set-watched =
    { $on ->
        [yes] vigilo esto: { $places }
       *[no] ya no vigilo esto: { $places }
    }
set-private-hours = todos los días de { $hours } no miro nada ahí ({ $places })
set-private =
    { $on ->
        [yes] el modo privado está activo: no miro nada ahí ({ $places })
       *[no] el modo privado está quitado: vuelvo a mirar ({ $places })
    }
set-record =
    { $on ->
        [yes] guardo imágenes de lo que pasa ahí ({ $places })
       *[no] no guardo imágenes de lo que pasa ahí ({ $places })
    }
set-describe =
    { $on ->
        [yes] un modelo de fuera de la casa puede ver estas imágenes: { $places }
       *[no] ningún modelo de fuera de la casa puede ver estas imágenes: { $places }
    }
do-watched =
    { $on ->
        [yes] vigilar esto ({ $places })
       *[no] dejar de vigilar esto ({ $places })
    }
do-private-hours = no mirar nada ahí todos los días de { $hours } ({ $places })
do-private =
    { $on ->
        [yes] no mirar nada ahí ({ $places })
       *[no] volver a mirar ahí ({ $places })
    }
do-record =
    { $on ->
        [yes] guardar imágenes de lo que pasa ahí ({ $places })
       *[no] no guardar imágenes de lo que pasa ahí ({ $places })
    }
do-describe =
    { $on ->
        [yes] dejar que un modelo de fuera de la casa vea estas imágenes ({ $places })
       *[no] no dejar más que un modelo de fuera de la casa vea estas imágenes ({ $places })
    }
do-overlap =
    { $on ->
        [yes] tomarlo por un solo sitio ({ $places })
       *[no] tomarlo por sitios distintos ({ $places })
    }
do-be =
    { $home ->
        [yes] tomar nota de que estás en casa
       *[no] tomar nota de que estás fuera
    }
welcome-home = Hola de nuevo. Pregunta qué ha pasado y te lo cuento.
see-you-later = Vale, sé que estás fuera. Hasta luego.

## Reglas de los avisos

alerts-usual = A los dueños les aviso de personas, de vehículos que paran, de cosas que alguien deja o se lleva, de puertas que se quedan abiertas y de cámaras que no ven; de animales, no.
no-rules = No has puesto ninguna regla. { alerts-usual }
no-rules-there = No has puesto ninguna regla para esa cámara.
no-such-rule = No tienes una regla así.
which-seen = No sé a cuál te refieres: dilo cuando te haya avisado de ello.
no-rule-of-that = De eso no puedo hacer una regla.
no-such-zone = Ninguna parte de una imagen se llama «{ $name }». Dibújala en la página y ponle nombre.
no-such-zone-but = Ninguna parte de una imagen se llama «{ $name }». Conozco: { $known }. Dibújala en la página y ponle nombre.
will-tell = Vale, te aviso de esto: { $scope }.
will-tell-only = Vale, de lo que vea ahí te aviso solo de esto: { $scope }.
will-not-tell = Vale, de esto no te aviso: { $scope }. Di «deshazlo» y lo dejo como estaba.
do-not-tell = no avisar más de esto: { $scope }
do-not-tell-like = no avisar más de esto: { $scope }, como en mi último aviso
do-drop-rule = olvidar la regla { $number } de tus avisos
do-drop-rules =
    { $which ->
        [all] olvidar todas tus reglas de avisos
        [last] olvidar tu última regla de avisos
       *[some] olvidar una regla de avisos
    }
your-rules = Tus reglas; decide la más nueva que encaje:
which-rule = ¿Cuál? Di por ejemplo: borra la regla 1
rule-called = regla { $number }
rule-quoted = «{ $said }»
rules-forgotten = Olvidado: { $rules }.
kept-nothing-back = No te he ocultado nada.
told-of-nothing = Todavía no te he avisado de nada.
alert-explained = «{ $alert }»: { $why }
taken-back = Deshecho: «{ $said }».
that-taken-back = Está deshecho.
