# Lo que las cámaras ven y lo que vieron: respuestas a quien pregunta.

not-a-camera = Eso no es una cámara.
no-camera-yet = Todavía no conozco ninguna cámara.
camera-sees = { $camera }: { $state }
sight-state =
    { $state ->
        [private] modo privado
        [silent] no responde
        [unwatched] sin vigilar
        [blind] ciega, no tengo detector
        [offline] a oscuras, no responde
        [refused] a oscuras, rechaza mi contraseña
        [frozen] a oscuras, su imagen está quieta
        [nothing] nada a la vista
       *[unseen] aún no la he visto
    }
in-view = { $things } a la vista
cameras-private =
    { $count ->
        [one] { $cameras } está en modo privado: no miro
       *[other] { $cameras } están en modo privado: no miro
    }
more-pictures =
    { $count ->
        [one] Hay 1 más; pídela por su nombre.
       *[other] Hay { $count } más; pídelas por su nombre.
    }
things-are = hay { $things } ({ $where })
picture-now = { $place }, ahora
picture-now-with = { $place }, ahora: { $things }
picture-now-nobody = { $place }, ahora: no hay nadie
no-older-picture = { $why } No tengo una imagen anterior: { $place }
last-picture = { $why } La última imagen: { $day } a las { $time }

## Nadie, nada

nobody-is-there = ahora no hay nadie ({ $where })
nobody-is-seen = ahora no se ve a nadie
none-is-there = ahora no hay { $things } ({ $where })
none-is-seen = ahora no se ven { $things }
cannot-see = esto no lo veo: { $places }
last-time = La última vez, { $day }: { $told }
saw-nothing =
    { $what ->
        [lingers] no vi a nadie quedarse un rato { $when }
        [left_something] no vi a nadie dejar nada { $when }
        [took_something] no vi a nadie llevarse nada { $when }
        [both] no vi a nadie dejar ni llevarse nada { $when }
        [person] no vi a nadie { $when }
       *[nothing] no vi nada { $when }
    }
saw-nothing-there =
    { $what ->
        [lingers] no vi a nadie quedarse un rato { $when } ({ $where })
        [left_something] no vi a nadie dejar nada { $when } ({ $where })
        [took_something] no vi a nadie llevarse nada { $when } ({ $where })
        [both] no vi a nadie dejar ni llevarse nada { $when } ({ $where })
        [person] no vi a nadie { $when } ({ $where })
       *[nothing] no vi nada { $when } ({ $where })
    }
saw-none = no vi { $things } { $when }
saw-none-there = no vi { $things } { $when } ({ $where })
do-not-watch = esto no lo vigilo: { $cameras }
unknown-out = No sé cuándo estuviste fuera: dime cuándo te vas y lo sabré.

## Lo que hubo

yes-there-was = Sí. { $told }
day-told = { $day }: { $told }
day-time-told = { $day }, { $time }: { $told }
things-at = { counted } ({ $where }, { $when })
counted-things = conté { $things } { $when }
counted-things-at = conté { $things } { $when }: { $times }
time-where = { $time } ({ $where })
since = desde las { $start }
between = entre las { $start } y las { $end }
time-on-day = { $time } ({ $day })

## Imágenes

pictures-full = El disco está casi lleno: no guardo imágenes nuevas hasta que haya sitio.
picture-gone = Ya no tengo esa imagen.
picture-strange = Lo que envió la cámara no es una imagen que pueda guardar.
picture-sealed = Esa imagen se selló con otra clave que { $key }. Restaura ese archivo para verla.
picture-key-damaged = El archivo de clave { $key } está dañado. Restáuralo; sin él, mis imágenes siguen selladas.
picture-not-kept = No pude guardar la imagen ({ $why }).
picture-not-read = No pude leer la imagen ({ $why }).
picture-not-removed = No pude borrar una imagen ({ $why }).
