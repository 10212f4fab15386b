# Ce qu'on a demandé de retenir ($text, mot pour mot), et comment on le redit.

memory-asks = Que dois-je retenir ?
memory-keeps = Je retiens : { $text }.
memory-empty = Je ne sais rien là-dessus.
memory-told =
    { $teller ->
        [you] Tu m'as dit { $when } : « { $text } ».
        [somebody] Quelqu'un m'a dit { $when } : « { $text } ».
       *[other] { $name } m'a dit { $when } : « { $text } ».
    }
memory-answers =
    { $teller ->
        [you] { $text }, comme tu me l'as dit { $when }
        [somebody] { $text }, comme quelqu'un me l'a dit { $when }
       *[other] { $text }, comme { $name } me l'a dit { $when }
    }
memory-wrote = On ne m'a pas demandé de le retenir, mais { $when } tu as écrit : « { $text } ».
memory-when =
    { $day ->
        [today] aujourd'hui à { $time }
        [yesterday] hier à { $time }
       *[other] le { $date }
    }

memory-forgot = Oublié : « { $text } ». Dis « annule la dernière action », et je le sais de nouveau.
memory-forgets-nothing = Je ne sais rien là-dessus, donc il n'y a rien à oublier.
memory-which = Que dois-je oublier : { $facts } ?
memory-quoted = « { $text } »
memory-of-others = Seul un adulte peut me faire oublier ce que d'autres m'ont dit.
undo-nothing = Il n'y a rien à annuler.
undo-forgot = Je m'en souviens de nouveau : « { $text } ».
undo-kept = Annulé. Je ne retiens plus : « { $text } ».
