# Co kazano zapamiętać ($text, słowo w słowo) i jak się to powtarza.

memory-asks = Co mam zapamiętać?
memory-keeps = Zapamiętam: { $text }.
memory-empty = Nic o tym nie pamiętam.
memory-told =
    { $teller ->
        [you] Wiem to od ciebie, { $when }: „{ $text }”.
        [somebody] Ktoś mi powiedział { $when }: „{ $text }”.
       *[other] { $name }, { $when }: „{ $text }”.
    }
memory-answers =
    { $teller ->
        [you] { $text }: wiem to od ciebie, { $when }
        [somebody] { $text }: tak ktoś mi powiedział { $when }
       *[other] { $text }: tak mówi { $name }, { $when }
    }
memory-wrote = Nikt nie kazał mi tego pamiętać, ale od ciebie mam wiadomość, { $when }: „{ $text }”.
memory-when =
    { $day ->
        [today] dziś o { $time }
        [yesterday] wczoraj o { $time }
       *[other] { $date }
    }

memory-forgot = Zapomniane: „{ $text }”. Powiedz „cofnij”, a znów będę to wiedzieć.
memory-forgets-nothing = Nic o tym nie pamiętam, więc nie ma czego zapominać.
memory-which = Co mam zapomnieć: { $facts }?
memory-quoted = „{ $text }”
memory-of-others = Tylko dorosły może kazać mi zapomnieć, co powiedzieli inni.
undo-nothing = Nie ma czego cofać.
undo-forgot = Znów to pamiętam: „{ $text }”.
undo-kept = Cofnięte. Już tego nie pamiętam: „{ $text }”.
