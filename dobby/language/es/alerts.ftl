# Avisos: lo que vieron las cámaras, dicho sin que nadie pregunte.

## Alguien ($count); $where y $when como se dicen

person-is = hay { someone } ({ $where })
person-is-since = { person-is }, desde las { $time }
person-was = hubo { someone } ({ $where }), { $when }
person-was-again = { person-was }, más de una vez
person-and-did =
    { $what ->
        [left_something] { $told }; han dejado algo
       *[took_something] { $told }; se han llevado algo
    }
person-did =
    { $what ->
        [left_something] { $told }; dejaron algo
       *[took_something] { $told }; se llevaron algo
    }
person-delivered = { $told }; dejaron algo: una entrega, parece
person-lingers =
    { $count ->
        [one] { someone } lleva ahí { $duration } ({ $where })
       *[other] { someone } llevan ahí { $duration } ({ $where })
    }
person-left =
    { $count ->
        [one] { someone } ha dejado algo ({ $where })
       *[other] { someone } han dejado algo ({ $where })
    }
person-took =
    { $count ->
        [one] { someone } se ha llevado algo ({ $where })
       *[other] { someone } se han llevado algo ({ $where })
    }
delivery-seems = Una entrega, parece: { $told }
came-with-it =
    { $count ->
        [one] { $told }; parece que { someone } ha venido en él
       *[other] { $told }; parece que { someone } han venido en él
    }
came-to-deliver = { came-with-it }, y han dejado algo: una entrega

## Vehículos y animales

thing-is = hay { counted } ({ $where })
thing-was = hubo { counted } ({ $where }), { $when }
vehicle-stops =
    { $count ->
        [one] { counted } acaba de parar ({ $where })
       *[other] { counted } acaban de parar ({ $where })
    }
vehicle-stopped =
    { $count ->
        [one] { counted } paró ({ $where }), { $when }
       *[other] { counted } pararon ({ $where }), { $when }
    }
vehicle-passed =
    { $count ->
        [one] { counted } pasó ({ $place }), { $when }
       *[other] { counted } pasaron ({ $place }), { $when }
    }
something-moves = algo se ha movido ({ $where })
something-moved = algo se movió ({ $where }), { $when }

## Cosas, puertas, cámaras

thing-missing = falta algo ({ $where }); no he visto quién se lo llevó
thing-missing-at = { thing-missing }, { $time }
thing-left = han dejado algo ({ $where }); no he visto quién
thing-left-at = { thing-left }, { $time }
open-still = sigue sin cerrar desde hace { $duration }: { $place }
open-ended = sin cerrar durante { $duration }, hasta las { $time }: { $place }
camera-dark = { $camera } ya no ve nada
camera-dark-why = { $camera } ya no ve nada ({ $why })
camera-back = { $camera } vuelve a ver; no vio nada, { $when }
dark-why =
    { $state ->
        [offline] no responde
        [refused] rechaza mi contraseña
        [frozen] su imagen está quieta
       *[blind] no tengo detector
    }
described = { $told }: «{ $words }»
held-back =
    { $count ->
        [one] Hubo 1 cosa más en la última hora; está en la página.
       *[other] Hubo { $count } cosas más en la última hora; están en la página.
    }

## Los propios ojos, y cámaras nuevas

eyes-missing = Mis ojos no están en marcha, así que no vigilo las cámaras.
eyes-not-installed = No puedo vigilar cámaras: lo que necesitan los ojos no está instalado. En mi servidor: pip install 'dobby[vision]', y vuelve a arrancarme.
eyes-blind = No puedo vigilar las cámaras: { $why }
no-detector = No tengo detector.
eyes-well = Vuelvo a vigilar las cámaras.
camera-found = Veo una cámara. ¿Adónde mira?
camera-found-as = Veo una cámara ({ $what }). ¿Adónde mira?
