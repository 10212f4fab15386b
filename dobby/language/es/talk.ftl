# Lo que Dobby dice por sí mismo: saludos, ayuda, la hora, lo que conoce, nombres, lo que recuerda.

hello = Hola. ¿Qué puedo hacer?
thanks = De nada.
bye = Hasta luego.
who-am-i = Soy Dobby y cuido de esta casa. Escribe «ayuda» para saber qué sé hacer.
help = Di lo que quieras con palabras sencillas: «enciende la cocina», «un poco más de calor», «pon jazz en el baño», «baja las persianas». Pregunta: «¿está abierto el garaje?», «¿qué luces están encendidas?», «¿qué temperatura hace?». Listas y temporizadores: «añade leche a la lista de la compra», «temporizador de diez minutos». Memoria: «recuerda que la llave de repuesto está con Anna», «¿dónde está la llave de repuesto?». Personas: «invita a Anna como adulta», «¿a quién conoces?». Di «busca nuevos dispositivos» y miro; «deshacer» y retiro lo que anoté.
left-alone = De acuerdo, lo dejo.
date-is = Hoy es { $date }.
time-is =
    { $hour ->
        [1] Es la
       *[other] Son las
    } { $time }.

language-kept = De acuerdo, desde ahora hablamos español.
ask-for-language = No he hecho nada: aquí escucho en otra lengua. ¿Mejor en español? Entonces escribe «habla español».

known-devices = Conozco { $devices }.
found-no = Aquí no he encontrado nada: { $what }.
found-nothing = Todavía no he encontrado nada en esta red.
no-devices-in = Allí no conozco ningún aparato: { $room }.
no-devices = Todavía no conozco ningún aparato. Di: busca nuevos dispositivos.
devices-in = { $room }: { $devices }.
no-such-device = No conozco ese aparato.

goes-by = { $who } ahora también se llama { $name }
is-called = { $who } se llama ahora { $name }
naming =
    { $how ->
        [name] con el nombre «{ $name }»
        [room] en «{ $name }»
       *[alias] también con el nombre «{ $name }»
    }
do-name = anotar { $thing } { $names }

do-remember = recordar que dijiste: «{ $text }»
do-forget = olvidar lo que sé de «{ $what }»
do-undo = deshacer lo último que cambiaste

broken = Algo ha fallado dentro de mí con eso, y no se ha hecho nada más. Lo que pasó está en mi registro.
given-up = Me han interrumpido { $n } veces con «{ $text }», así que no lo intento más. Mira hasta dónde llegó antes de decirlo otra vez.
kept-image = Guardo la imagen, pero no puedo mirar las imágenes que me envían.
kept-audio = Guardo el mensaje de voz, pero todavía no puedo escuchar: escríbemelo, por favor.
kept-other = Guardo el archivo, pero todavía no puedo leer archivos.
not-kept = Has enviado algo que no he podido recoger.
secret-forgotten = Me interrumpieron antes de usar la contraseña o el código que enviaste, y no guardo ninguno. No se ha hecho nada con ello: envíalo otra vez, por favor.
stopped-before = Has dicho stop, así que no he empezado con «{ $text }».
too-late = Escribiste «{ $text }» hace { $late }, y no lo he hecho. Dilo otra vez si sigue en pie.
too-late-begun = Escribiste «{ $text }» hace { $late }; me interrumpieron y no seguí. Dilo otra vez si sigue en pie.
