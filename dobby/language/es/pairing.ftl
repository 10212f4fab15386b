# Lo que espera en la red a que lo vinculen, y lo que se olvida.

pairing-nothing = Aquí nada espera a que lo vinculen. Di «busca nuevos dispositivos» y miro otra vez.
pairing-none-such =
    Nada de lo que espera se llama «{ $what }». { $count ->
        [one] Espera
       *[other] Esperan
    }: { $waiting }. Di, por ejemplo: empareja { $first }
pairing-which = ¿Cuál: { $waiting }? Di, por ejemplo: empareja { $first }
pairing-at = { $name } ({ $address })
pairing-plainly = Dame el código con palabras claras, por ejemplo: empareja la cerradura de la entrada con 123-45-678.
pairing-empty = Está vinculado, pero todavía no contiene nada que yo pueda usar.
paired = Vinculado. Ahora puedo usar: { $devices }.
do-pair = dejar entrar «{ $what }» en esta casa
what-waits = lo que espera aquí

unpaired = Olvidado: { $whole }.
names-stay = Los nombres que les diste se guardan para la próxima vez.
with-all = { $name } y sus { $n } dispositivos
not-unpaired = No puedo olvidar una cámara. Puedo dejarla en paz: dime que deje de vigilar { $name }.
paired-with-none = No estoy vinculado con nada que se llame «{ $what }».
unpair-which = ¿Cuál: { $names }?
do-unpair = olvidar «{ $what }»
