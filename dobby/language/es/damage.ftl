# Lo que va mal en la memoria.

memory-damaged =
    Parte de mi memoria se dañó en el disco. No se pudo leer: { $what }. { $count ->
        [one] Lo he apartado
       *[other] Todo eso lo he apartado
    }, y lo demás sigue. Si te falta algo, `dobby restore` en mi servidor recupera una copia.
lost =
    { $n ->
        [one] { $kind ->
                [message] 1 mensaje
                [device] 1 dispositivo
                [room] 1 habitación
                [person] 1 persona
                [address] 1 dirección
                [fact] 1 dato recordado
                [conversation] 1 conversación
                [name] 1 nombre
                [pairing] 1 vínculo
                [camera] 1 cámara
                [incident] 1 incidente
                [alert_rule] 1 regla de aviso
                [picture] 1 imagen
               *[other] 1 dato más
            }
       *[other] { $kind ->
                [message] { $n } mensajes
                [device] { $n } dispositivos
                [room] { $n } habitaciones
                [person] { $n } personas
                [address] { $n } direcciones
                [fact] { $n } datos recordados
                [conversation] { $n } conversaciones
                [name] { $n } nombres
                [pairing] { $n } vínculos
                [camera] { $n } cámaras
                [incident] { $n } incidentes
                [alert_rule] { $n } reglas de aviso
                [picture] { $n } imágenes
               *[other] { $n } datos más
            }
    }
record-broken = Alguien cambió mi registro de quién hizo qué, o puso otra base de datos: ya no concuerda. `dobby doctor` en mi servidor dice dónde.
say-again = Lo último que escribiste se dañó en mi disco antes de que yo respondiera. Dilo otra vez, por favor.
