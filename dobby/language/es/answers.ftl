# Respuestas a preguntas por el estado.

nothing-known = No sé nada de eso.
told-me-nothing = { $names }: de eso no me ha llegado nada.
cannot-tell = No puedo decir si es así: { $who }, { is-state }.
count-of = { number } de { $total }.
count-of-named = { number } de { $total }: { $names }.
yes-these = Sí: { $told }
no-these = No. { $told }
none-of = De { $total }, ninguno: { is-state }.
yes-it = Sí. { $told }
no-it = No. { $told }
yes-all = Sí, todo { is-state }: { $names }.
no-all = No, todo { is-state }: { $names }.
in-part = No todo: { $having } { $lacking }
no-but = No: { $told }
several = { $names }: { $what } ({ $n }).
several-within = { $names }: { $what } ({ $n }).
number =
    { $n ->
        [0] Ninguno
       *[other] { $n }
    }
is-state =
    { $state ->
        [on] encendido
        [off] apagado
        [open] abierto
        [closed] cerrado
        [locked] con la llave echada
        [unlocked] sin la llave echada
        [playing] en reproducción
        [not-playing] sin reproducir
        [paused] en pausa
        [not-paused] no está en pausa
        [muted] en silencio
        [not-muted] con sonido
        [running] en marcha
        [not-running] sin funcionar
        [docked] en la base
        [not-docked] fuera de la base
        [armed] con la alarma activa
        [disarmed] sin armar
        [heating] calentando
        [not-heating] sin calentar
        [cooling] enfriando
        [not-cooling] sin enfriar
        [moving] con movimiento
        [not-moving] sin movimiento
        [occupied] ocupado
        [empty] vacío
        [triggered] con aviso
        [quiet] en calma
        [leaking] con agua
        [dry] en seco
        [smoking] con humo
        [smokeless] sin humo
        [offline] sin conexión
        [online] en línea
        [low] con poca batería
       *[not-low] con batería suficiente
    }

somebody = Sí: según { $who }, hay alguien.
motion = Parece que sí: movimiento según { $who }.
stillness = No puedo decirlo: sin movimiento según { $who }, pero quien está quieto no mueve nada.
nobody = No: según { $who }, no hay nadie.
presence-untold = Allí nada me lo dice.

set-to = ajuste a { $temperature }
labelled = { $who }: { $value }.
shows-temperature = { $who } marca { $temperature }.
warm-in-rooms = { $rooms }.
warm-in-room = { $room }: { $temperature }
no-thermometer = No veo ningún termómetro que lo diga.
yes-no =
    { $state ->
        [yes] sí
       *[no] no
    }
part-percent = al { $percent }
part-volume = volumen { $percent }
part-alarm =
    { $mode ->
        [disarmed] sin armar
       *[armed] alarma activa: { alarm-mode }
    }
part-activity =
    { $activity ->
        [working] trabajando
        [docked] en la base
        [paused] en pausa
       *[stopped] sin trabajar
    }
part-mode = modo { climate-word }
part-target = ajuste a { $temperature }
part-current = ahora { $temperature }
part-reading =
    { $field ->
        [humidity] humedad
        [illuminance] luz
        [battery] batería
        [power] potencia
        [energy] energía
        [co2] CO₂
        [flow] caudal
        [motion] movimiento
        [occupancy] presencia
        [leak] agua
       *[smoke] humo
    } { $value }
nothing-playing = No suena nada.
nothing-playing-on = No suena nada en { $who }.
is-playing-in = Suena { $title } ({ $places }).
is-playing-on = Suena { $title } en { $places }.
something-plays = algo
title-by = { $title } de { $artist }
title-of = { $title } ({ $item })
list-of = { $name }: { $items }.
list-empty = { $who }: no hay nada.
no-timer-running = No hay ningún temporizador en marcha.
timer-has-left =
    { $named ->
        [yes] Temporizador «{ $name }»: quedan { $duration }
       *[no] Temporizador: quedan { $duration }
    }{ $state ->
        [paused] , en pausa
       *[running] {""}
    }.
is-in = { $who }: { $room }
where-unknown = No sé dónde está: { $who }.

## Lo que hay

there-are = { number }: { $names }.
there-are-none = Ninguno.
warmest = Donde más calor hace: { $who }, { $value }.
coldest = Donde más frío hace: { $who }, { $value }.
highest = Lo más alto: { $who }, { $value }.
lowest = Lo más bajo: { $who }, { $value }.
on-list = Sí: { $item } está en { $list }.
ticked-off = No: { $item } está tachado en { $list }.
not-on = No: { $item } no está en { $list }.
