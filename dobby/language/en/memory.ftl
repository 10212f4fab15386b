# What people asked to be remembered ($text, in their own words), told back to them.

memory-asks = What shall I remember?
memory-keeps = I will remember: { $text }.
memory-empty = I remember nothing about that.
memory-told =
    { $teller ->
        [you] You told me { $when }: “{ $text }”.
        [somebody] Somebody told me { $when }: “{ $text }”.
       *[other] { $name } told me { $when }: “{ $text }”.
    }
memory-answers =
    { $teller ->
        [you] { $text }, as you told me { $when }
        [somebody] { $text }, as somebody told me { $when }
       *[other] { $text }, as { $name } told me { $when }
    }
memory-wrote = I was not asked to remember that, but { $when } you wrote: “{ $text }”.
memory-when =
    { $day ->
        [today] today at { $time }
        [yesterday] yesterday at { $time }
       *[other] on { $date }
    }

memory-forgot = Forgotten: “{ $text }”. Say undo, and I know it again.
memory-forgets-nothing = I remember nothing about that, so there is nothing to forget.
memory-which = Which one shall I forget: { $facts }?
memory-quoted = “{ $text }”
memory-of-others = Only a grown-up may make me forget what others told me.
undo-nothing = There is nothing to take back.
undo-forgot = I remember it again: “{ $text }”.
undo-kept = Taken back. I no longer remember “{ $text }”.
