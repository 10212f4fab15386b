# Lo que se contesta a una orden: lo comprobado, preguntas, códigos, negativas.

along =
    { $count ->
        [one] { $who } está en el mismo grupo y hace lo mismo
       *[other] { $who } están en el mismo grupo y hacen lo mismo
    }
on-its-own =
    { $count ->
        [one] suena por su cuenta
       *[other] suenan por su cuenta
    }
has-music-now = aquí suena ahora la música
plays-with =
    { $count ->
        [one] suena con { $name }
       *[other] suenan con { $name }
    }
no-answer = sin respuesta
still-moving = aún en movimiento
still-moving-at = aún en movimiento ({ $now } por ahora)
stopped = detención a medio camino
stopped-at = { stopped } ({ $now })
contradicted = la orden llegó, pero el estado no la muestra
contradicted-now = { contradicted } (ahora: { $now })
stays-silent = sigue en silencio
takes = solo { $limits }
limit-least = { $least } como mínimo, no { $asked }
limit-most = { $most } como máximo, no { $asked }
limit-between = de { $least } a { $most }, no { $asked }
said-no = se niega: { $reason }
cannot-do = eso no es posible ({ $ability })
measured-only = eso se mide, no se ajusta
cannot-be-stopped = no se puede detener a medio camino
has-choices = a elegir { $choices }, no { $asked }

send-code = Para { $deed }, envía { $code } en los próximos dos minutos.
too-many-codes = Hubo demasiados códigos equivocados. Durante una hora no hago esto: { $deed }.
offer = ¿Debo { $deed }?
offer-now = ¿Debo { $deed } ahora?
nothing-to-say = No tengo nada que decir a eso.
no-yes-awaited = Nada espera un sí.
send-the-code = Envía el código para { $deeds }.
or-to = o para
then-not = Entonces no lo hago: { $deeds }.
no-code-awaited = Nada espera un código. Un código vale dos minutos y una sola vez.
wrong-code = Ese código no es correcto, así que no se ha hecho nada.
not-repeated = Me interrumpieron y no he repetido esto: { $deeds }.
interrupted = Me interrumpieron: si eso no era todo, dilo otra vez.
not-again = Me interrumpieron, y no lo vuelvo a hacer por mi cuenta.
not-told = No lo sé: ningún aparato me lo dice, y nadie me ha pedido que lo recuerde.
not-paired =
    { $count ->
        [one] Aún sin vincular: { $names }; escribe, por ejemplo: empareja { $first }
       *[other] Aún sin vincular: { $names }; escribe, por ejemplo: empareja { $first }
    }

residents-only = Eso es para quienes viven aquí.
adults-only = Eso solo lo puede hacer una persona adulta de la casa.
owners-only = Eso solo lo puede hacer quien es propietario.
too-new = Te conozco aquí desde hace menos de un día, así que antes tiene que estar de acuerdo un propietario. Ya he preguntado; dilo otra vez cuando te digan que confío en ti.
never-above = { $name } nunca pasa aquí de { $most }.
may-not =
    { $role ->
        [owner] Un propietario
        [adult] Una persona adulta
        [child] Un niño
       *[guest] Un invitado
    } no puede hacer eso con { $name }.
failed-myself = En eso he fallado yo; mi registro dice más.

model-says = Mi modelo dice:
unchanged = En la casa no ha cambiado nada.
in-the-house = En la casa: { $things }
and-more = { $things } y { $n } más
does-not-answer = sin respuesta
has-not-told = estado desconocido
