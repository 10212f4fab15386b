# Cómo se llaman las cosas: clases de aparatos, solas y contadas ($n), y aparatos de habitaciones.

kind =
    { $kind ->
        [light] luz
        [switch] interruptor
        [outlet] enchufe
        [speaker] altavoz
        [tv] televisor
        [thermostat] termostato
        [aircon] aire acondicionado
        [heater] calefactor
        [boiler] caldera
        [shade] persiana
        [window] ventana
        [lock] cerradura
        [door] puerta
        [garage] puerta del garaje
        [gate] portón
        [fan] ventilador
        [sensor] sensor
        [camera] cámara
        [vacuum] robot aspirador
        [mower] robot cortacésped
        [valve] válvula
        [pool] piscina
        [spa] hidromasaje
        [alarm] alarma
        [scene] escena
        [list] lista
        [timer] temporizador
        [heating] calefacción
        [music] música
        [appliance] aparato
       *[unknown] aparato
    }
kinds =
    { $kind ->
        [light] luces
        [switch] interruptores
        [outlet] enchufes
        [speaker] altavoces
        [tv] televisores
        [thermostat] termostatos
        [aircon] aires acondicionados
        [heater] calefactores
        [boiler] calderas
        [shade] persianas
        [window] ventanas
        [lock] cerraduras
        [door] puertas
        [garage] puertas del garaje
        [gate] portones
        [fan] ventiladores
        [sensor] sensores
        [camera] cámaras
        [vacuum] robots aspiradores
        [mower] robots cortacésped
        [valve] válvulas
        [pool] piscinas
        [spa] hidromasajes
        [alarm] alarmas
        [scene] escenas
        [list] listas
        [timer] temporizadores
        [appliance] aparatos
       *[unknown] aparatos
    }
kinds-counted =
    { $n ->
        [one] { $n } { kind }
       *[other] { $n } { kinds }
    }
thing-of-room = { kind } ({ $room })
crowd-in-rooms = { $crowd } ({ $rooms })
some-more = { $n } más
thing-in-full = { kind } «{ $name }»
thing-in-full-in = { kind } «{ $name }» (lugar: { $room })
