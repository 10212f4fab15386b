# Was man Dobby zu merken gab ($text, wörtlich), wiedergegeben.

memory-asks = Was soll ich mir merken?
memory-keeps = Ich merke mir: { $text }.
memory-empty = Darüber weiß ich nichts.
memory-told =
    { $teller ->
        [you] Du hast mir { $when } gesagt: „{ $text }“.
        [somebody] Jemand hat mir { $when } gesagt: „{ $text }“.
       *[other] { $name } hat mir { $when } gesagt: „{ $text }“.
    }
memory-answers =
    { $teller ->
        [you] { $text }, wie du mir { $when } gesagt hast
        [somebody] { $text }, wie mir jemand { $when } gesagt hat
       *[other] { $text }, wie { $name } mir { $when } gesagt hat
    }
memory-wrote = Ich sollte mir das nicht merken, aber { $when } hast du geschrieben: „{ $text }“.
memory-when =
    { $day ->
        [today] heute um { $time }
        [yesterday] gestern um { $time }
       *[other] am { $date }
    }

memory-forgot = Vergessen: „{ $text }“. Sag „rückgängig“, und ich weiß es wieder.
memory-forgets-nothing = Darüber weiß ich nichts, also gibt es nichts zu vergessen.
memory-which = Was davon soll ich vergessen: { $facts }?
memory-quoted = „{ $text }“
memory-of-others = Was andere mir gesagt haben, vergesse ich nur, wenn ein Erwachsener es will.
undo-nothing = Es gibt nichts zurückzunehmen.
undo-forgot = Ich weiß es wieder: „{ $text }“.
undo-kept = Zurückgenommen. Das weiß ich nicht mehr: „{ $text }“.
