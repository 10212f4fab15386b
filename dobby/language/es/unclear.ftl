# Por qué no se ha hecho nada, y una buena pregunta. $said: si hay palabras que mostrar.

not-understood =
    No he hecho nada: { $said ->
        [yes] no entiendo «{ $what }». ¿Qué quieres decir con eso?
       *[no] no estoy seguro de haber entendido. ¿Qué quieres?
    }
empty = No había nada en ese mensaje.
too-long = Eso es demasiado largo para mí. ¿Qué hago, en pocas palabras?
ask-what = ¿Qué quieres saber?
what-shall-i-do = ¿Qué hago con { $what }?
what-thing = ¿A qué te refieres? Di su nombre, por favor.
what-is-that = ¿Qué quieres decir con eso? Di su nombre, por favor.
which-thing = ¿Cuál? Di su nombre, por favor.
which-one = ¿Cuál: { $options }?
which-room = ¿En qué habitación? Conozco: { $rooms }.
which-timer = ¿Qué temporizador: { $options }?
unknown-name = No conozco «{ $what }». Conozco: { $rooms }.
unknown-kind = Aquí no conozco { kinds }.
unknown-there = Allí no encuentro «{ $what }». Allí ({ $room }) conozco: { $known }. ¿Cuál?
unable = Eso no es posible con: { $names }.
knows-only =
    { $name } no puede { $mode ->
        [heat] calentar
        [cool] enfriar
        [dry] deshumidificar
        [fan] solo ventilar
       *[auto] funcionar en automático
    }. A elegir: { $options }.
goes-to = A elegir para { $name }: { $options }. ¿Cuál?
out-of-range = { $name } va de { $low } a { $high }. ¿Cuánto debe ser?
level-unseen = Ahora no lo veo en { $name } ({ ability }). ¿A cuánto?
big-step = Ese es un paso grande. ¿A cuántos grados?
negation = No he hecho nada, ya que dijiste que no. ¿Qué hago en su lugar?
condition = No he hecho nada: eso depende de algo.
either = No he hecho nada: ¿cuál de los dos?
past = No he hecho nada: eso es del pasado. ¿Qué hago ahora?
future = No he hecho nada: solo puedo actuar en el momento, no más tarde.
reported = No he hecho nada: eso no sonaba a una orden. ¿Qué hago?
exception-unknown = No sé qué dejar fuera: { $what }. ¿Cuál?
nothing-to-do = De acuerdo, lo dejo como está.
two-things-at-once = No he hecho nada: quieres dos cosas a la vez de un mismo aparato. ¿Cuál de las dos?
everything-on = No he hecho nada: todo a la vez es mucho. ¿Qué enciendo?
how-armed = ¿Cómo armo: en casa, fuera o noche?
how-many-degrees = ¿Cuántos grados?
join-whom = ¿Con qué altavoz?
move-whence = ¿De qué altavoz viene la música?
no-speaker = Allí no conozco ningún altavoz. Conozco: { $rooms }.
no-player = No conozco nada que reproduzca música.
play-what = ¿Qué pongo?
playing-already = Ya está sonando. ¿Qué pongo?
plays-not = No he hecho nada: { $what } no está sonando. ¿Qué quieres que pare?
one-room = Una habitación cada vez, por favor. ¿Cuál?
timer-how-long = ¿Cuánto tiempo?
timer-too-short = No le queda tanto tiempo. ¿Qué hago?
no-timer = No conozco ese temporizador: { $name }.
not-on-list = Eso no está en { $name }. Hay: { $items }.
nothing-moves = Que yo sepa, nada se mueve ni suena.
cannot-undo = Solo puedo deshacer lo que me pidieron recordar. ¿Qué pongo en su lugar?
of-roles = No he hecho nada. Lo que puede hacer cada uno depende de su papel, y no guardo reglas para una sola persona o una sola cosa: propietarios y adultos pueden ajustarlo todo, lo delicado tras un código; niños e invitados nada delicado, ni la alarma; los invitados tampoco cerraduras ni calefacción. Un propietario puede volver a invitar a alguien con otro papel, o quitarlo. ¿Qué hago?
and-now = { $why } ¿Qué hago ahora?
name-unclear = «{ $name }» no es un nombre que pueda distinguir de otras palabras.
name-order = «{ $name }» es una orden: como nombre les faltaría a todos.
name-word = «{ $name }» es una palabra con la que se dan órdenes: como nombre se echaría en falta.
name-common = «{ $name }» ya es como se llaman varias cosas, u otras.
name-hides = «{ $name }» se tomaría por otra cosa ({ $like }), y esto es: { $kind }. El nombre debe decirlo.
asked-later = No lo sé: solo veo cómo están las cosas ahora, no cómo estarán.
asked-past = No lo sé: solo veo cómo están las cosas ahora, no cómo estaban.
