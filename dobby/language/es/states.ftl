# Cómo se dice el estado de un aparato, y qué se puede hacer con él.
# No se conoce el género de los nombres: el estado va detrás de dos puntos, sin concordar.

locale = es
date-pattern = EEEE, d 'de' MMMM 'de' y
day-pattern = d 'de' MMMM
day-year-pattern = d 'de' MMMM 'de' y

verb-be = {""}
verb-play =
    { $count ->
        [one] reproduce
       *[other] reproducen
    }

told = { $who }: { $what }
and = { $first } y { $second }
being = { $parts }
percent = { $n } %
celsius = { $degrees } °C
fahrenheit = { $degrees } °F

power =
    { $state ->
        [on] encendido
       *[off] apagado
    }
brightness = al { $percent }
color = en { $color }
color-temperature = en { $white } ({ $kelvin } K)
volume = con el volumen a { $level }
mute =
    { $state ->
        [muted] en silencio
       *[loud] con sonido otra vez
    }
playback =
    { $state ->
        [playing] en reproducción
        [paused] en pausa
       *[stopped] sin reproducir
    }
media = { verb-play } { $title }
skip =
    { $to ->
        [next] en la canción siguiente
       *[previous] en la canción anterior
    }
play-mode = { verb-play } { $modes }
play-mode-part =
    { $mode ->
        [shuffled] en orden aleatorio
        [in-order] en orden
        [repeat-off] sin repetir
        [repeat-one] la misma canción una y otra vez
       *[repeat-all] todo una y otra vez
    }
preset =
    { $count ->
        [one] mira
       *[other] miran
    } hacia { $name }
source =
    { $count ->
        [one] muestra
       *[other] muestran
    } { $name }
group =
    { $count ->
        [one] suena con los demás
       *[other] suenan con los demás
    }
climate = { $parts }
climate-mode =
    { $mode ->
        [off] apagado
        [heat] en calefacción
        [cool] en refrigeración
        [auto] en automático
        [dry] en deshumidificación
       *[fan] en ventilación
    }
climate-target = a { $temperature }
climate-current = ahora a { $temperature }
fan-speed =
    { $state ->
        [off] apagado
       *[on] en marcha al { $percent }
    }
position =
    { $state ->
        [closed] cerrado
        [open] abierto
       *[between] abierto al { $percent }
    }
movement =
    { $state ->
        [moving] en movimiento
       *[still] sin moverse
    }
tilt = inclinación al { $percent }
lock =
    { $state ->
        [locked] con la llave echada
       *[unlocked] sin la llave echada
    }
alarm =
    { $mode ->
        [disarmed] sin armar
       *[armed] alarma activa ({ alarm-mode })
    }
alarm-mode =
    { $mode ->
        [home] en casa
        [away] fuera
       *[night] noche
    }
chore =
    { $activity ->
        [working] trabajando
        [docked] en la base o de camino
        [paused] en pausa
       *[stopped] sin trabajar
    }
chore-in = { chore } ({ $area })
scene =
    { $state ->
        [on] en marcha
       *[off] sin activar
    }
todo = { $items }
todo-empty = sin nada
timers = { $timers }
timers-none = no corre nada
timer-left =
    { $name }, quedan { $duration }{ $state ->
        [paused] {" "}(en pausa)
       *[running] {""}
    }
timer-nameless = un temporizador
known = sin novedad

media-title =
    { $title }{ $by ->
        [none] {""}
       *[artist] {" "}de { $artist }
    }{ $on ->
        [none] {""}
       *[item] {" "}({ $item })
    }
something = algo

color-name =
    { $hue ->
        [white] blanco
        [orange] naranja
        [yellow] amarillo
        [lime] verde lima
        [green] verde
        [turquoise] turquesa
        [cyan] cian
        [blue] azul
        [purple] morado
        [pink] rosa
        [crimson] carmesí
       *[red] rojo
    }
white-name =
    { $white ->
        [candle] blanco muy cálido
        [warm] blanco cálido
        [neutral] blanco neutro
       *[daylight] luz de día
    }

do-lock =
    { $state ->
        [locked] echar la llave
       *[unlocked] quitar la llave
    }: { $thing }
do-position =
    { $state ->
        [closed] cerrar { $thing }
        [open] abrir { $thing }
       *[between] abrir { $thing } al { $percent }
    }
do-alarm =
    { $mode ->
        [disarmed] desarmar { $thing }
       *[armed] armar { $thing } ({ alarm-mode })
    }
do-climate =
    poner { $thing } { $how ->
        [target] a { $temperature }
        [mode] en { climate-word }
       *[both] a { $temperature } en { climate-word }
    }
climate-word =
    { $mode ->
        [off] apagado
        [heat] calefacción
        [cool] refrigeración
        [auto] automático
        [dry] deshumidificación
       *[fan] ventilación
    }
do-power =
    { $state ->
        [on] encender
       *[off] apagar
    } { $thing }
do-percent = poner { $thing } al { $percent }
do-volume = poner el volumen de { $thing } a { $level }
do-mute =
    { $state ->
        [muted] silenciar { $thing }
       *[loud] devolver el sonido a { $thing }
    }
do-color = poner { $thing } en { $color }
do-playback =
    { $state ->
        [playing] reproducir en { $thing }
        [paused] poner en pausa { $thing }
       *[stopped] parar { $thing }
    }
do-media = reproducir { $title } en { $thing }
do-source = cambiar { $thing } a { $name }
do-chore =
    { $activity ->
        [working] poner a trabajar { $thing }
        [docked] enviar { $thing } a su base
        [paused] poner en pausa { $thing }
       *[stopped] parar { $thing }
    }
do-chore-in = { do-chore } ({ $area })
do-group = hacer sonar { $thing } con los demás
do-scene =
    { $state ->
        [on] activar
       *[off] terminar
    } { $thing }
do-movement = detener { $thing }
do-skip =
    pasar a la canción { $to ->
        [next] siguiente
       *[previous] anterior
    } en { $thing }
do-change = cambiar algo en { $thing } ({ $ability })

able =
    { $ability ->
        [power] encender y apagar
        [brightness] regular la luz
        [color] cambiar de color
        [color_temperature] hacer más cálido o más frío
        [volume] subir y bajar el volumen
        [mute] silenciar
        [playback] reproducir y poner en pausa
        [source] cambiar de entrada
        [group] unir a otros altavoces
        [climate] poner a una temperatura
        [fan_speed] poner a una velocidad
        [position] abrir y cerrar
        [tilt] inclinar
        [lock] echar y quitar la llave
        [alarm] armar y desarmar
        [chore] poner a trabajar
        [scene] activar
        [snapshot] mirar
        [todo] completar
        [timers] programar
        [preset] girar hacia una vista
       *[movement] detener a medio camino
    }

ability =
    { $ability ->
        [power] encendido
        [brightness] brillo
        [color] color
        [color_temperature] temperatura de color
        [volume] volumen
        [mute] silencio
        [playback] reproducción
        [skip] cambio de canción
        [media] música
        [play_mode] orden de reproducción
        [source] entrada
        [preset] vista
        [group] grupo
        [climate] temperatura
        [fan_speed] velocidad
        [position] apertura
        [movement] movimiento
        [tilt] inclinación
        [lock] cerradura
        [alarm] alarma
        [chore] trabajo
        [scene] escena
        [todo] lista
        [timers] temporizadores
        [snapshot] imagen
       *[reading] medida
    }
