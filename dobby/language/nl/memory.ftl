# Wat Dobby moest onthouden ($text, woordelijk), en hoe het teruggezegd wordt.

memory-asks = Wat moet ik onthouden?
memory-keeps = Ik onthoud: { $text }.
memory-empty = Daar weet ik niets over.
memory-told =
    { $teller ->
        [you] Je zei me { $when }: “{ $text }”.
        [somebody] Iemand zei me { $when }: “{ $text }”.
       *[other] { $name } zei me { $when }: “{ $text }”.
    }
memory-answers =
    { $teller ->
        [you] { $text }, zoals je me { $when } zei
        [somebody] { $text }, zoals iemand me { $when } zei
       *[other] { $text }, zoals { $name } me { $when } zei
    }
memory-wrote = Ik hoefde dat niet te onthouden, maar { $when } schreef je: “{ $text }”.
memory-when =
    { $day ->
        [today] vandaag om { $time }
        [yesterday] gisteren om { $time }
       *[other] op { $date }
    }

memory-forgot = Vergeten: “{ $text }”. Zeg “maak ongedaan”, dan weet ik het weer.
memory-forgets-nothing = Daar weet ik niets over, dus er valt niets te vergeten.
memory-which = Wat moet ik vergeten: { $facts }?
memory-quoted = “{ $text }”
memory-of-others = Wat anderen me zeiden, vergeet ik alleen als een volwassene dat wil.
undo-nothing = Er is niets ongedaan te maken.
undo-forgot = Ik weet het weer: “{ $text }”.
undo-kept = Ongedaan gemaakt. Dit weet ik niet meer: “{ $text }”.
