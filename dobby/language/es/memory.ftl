# Lo que se pidió recordar ($text, palabra por palabra), y cómo se cuenta después.

memory-asks = ¿Qué quieres que recuerde?
memory-keeps = Lo recordaré: { $text }.
memory-empty = No recuerdo nada sobre eso.
memory-told =
    { $teller ->
        [you] Me dijiste { $when }: «{ $text }».
        [somebody] Alguien me dijo { $when }: «{ $text }».
       *[other] { $name } me dijo { $when }: «{ $text }».
    }
memory-answers =
    { $teller ->
        [you] { $text }, como me dijiste { $when }
        [somebody] { $text }, como me dijo alguien { $when }
       *[other] { $text }, como me dijo { $name } { $when }
    }
memory-wrote = No me pediste que lo recordara, pero { $when } escribiste: «{ $text }».
memory-when =
    { $day ->
        [today] hoy a las { $time }
        [yesterday] ayer a las { $time }
       *[other] el { $date }
    }

memory-forgot = Olvidado: «{ $text }». Di «deshacer» y lo sabré otra vez.
memory-forgets-nothing = No recuerdo nada sobre eso, así que no hay nada que olvidar.
memory-which = ¿Qué quieres que olvide: { $facts }?
memory-quoted = «{ $text }»
memory-of-others = Solo un adulto puede hacerme olvidar lo que otros me dijeron.
undo-nothing = No hay nada que deshacer.
undo-forgot = Lo recuerdo otra vez: «{ $text }».
undo-kept = Deshecho. Ya no recuerdo: «{ $text }».
