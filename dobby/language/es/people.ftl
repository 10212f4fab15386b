# Quién es quién, cómo se deja entrar a alguien, y qué se dice a los desconocidos.

role =
    { $role ->
        [owner] propietario
        [adult] adulto
        [child] niño
       *[guest] invitado
    }
stranger = Cuido de una casa y no conozco este número. Pide un código al propietario de la casa y envíamelo aquí. (Un propietario encuentra uno con `dobby pair`, en mi servidor.)
code-too-old = Ese código no es correcto, o es demasiado antiguo.
codes-too-many = Ese fue un código equivocado de más. Hoy no acepto más códigos de este número.
welcome = Te doy la bienvenida, { $name }. Desde ahora te conozco así: { role }. Di «ayuda» cuando quieras.
code-of-another = Ese código deja entrar a { $invited }. A ti te conozco como { $name }, y un código no cambia eso: tiene que enviármelo { $invited }.
known-here = Aquí ya te conozco, { $name }. Envíame ese código desde tu otro número.

owners-let-in = Solo un propietario puede dejar entrar a alguien o echarlo.
too-new-to-let-in = Conozco este número desde hace menos de un día, y se trata de quién puede entrar: dilo desde la página, o que lo diga otro propietario.
people-known = Conozco a { $people }.
person-with-role = { $name } ({ role })
code-once = Sirve una sola vez, durante una hora.
invited = { $name } tiene que enviarme este código para entrar ({ role }): { $code }. { code-once }
invited-anew = { $name } tiene que enviarme este código para entrar ({ role }, hasta ahora { $was }): { $code }. { code-once }
number-code = Envíame este código desde tu otro número: { $code }. { code-once }
still-owner = { $name } es de los propietarios, y un código no cambia eso. Un propietario puede decir: elimina a { $name }; y después: invita a { $name }.
not-yourself = La casa es tuya; no te echo por tu propia palabra.
last-owner = Esta casa se quedaría sin propietario, así que no se cambió nada.
shut-out = { $name } ya no puede hablar conmigo.
is-it-right = { $name } ({ role }, aquí desde hace menos de un día, { $address }) quiere: { $wish }. No lo hice. Si está bien, di: confía en { $name }. Si no, di: elimina a { $name }.
trusted-now = Desde ahora confío en { $name }. Lo que pidió hay que decirlo otra vez.
