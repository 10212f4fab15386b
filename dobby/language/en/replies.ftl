# What a turn is answered with: receipts, questions, codes, refusals.

## What became of a command; $who is told before it, unless it is a whole sentence.

along =
    { $count ->
        [one] { $who } is in the same group and does the same
       *[other] { $who } are in the same group and do the same
    }
on-its-own =
    { $count ->
        [one] is on its own
       *[other] are on their own
    }
has-music-now = { verb-have } the music now
plays-with = { verb-play } with { $name }
no-answer = did not answer
still-moving = { verb-be } still moving
still-moving-at = { verb-be } still moving ({ $now } so far)
stopped =
    { $count ->
        [one] was
       *[other] were
    } stopped
stopped-at = { stopped } ({ $now })
contradicted =
    took the command but { $count ->
        [one] does
       *[other] do
    } not show it
contradicted-now =
    { contradicted }; { $count ->
        [one] it
       *[other] they
    } { $now }
stays-silent =
    { $count ->
        [one] stays
       *[other] stay
    } silent
takes =
    { $count ->
        [one] takes
       *[other] take
    } { $limits }
limit-least = at least { $least }, not { $asked }
limit-most = at most { $most }, not { $asked }
limit-between = { $least } to { $most }, not { $asked }
said-no = said no: { $reason }
cannot-do = cannot do that ({ $ability })
measured-only = said no: that is measured, not set
cannot-be-stopped = cannot be stopped half-way
has-choices = has { $choices }; not { $asked }

## Codes, offers, notes

send-code = To { $deed }, send { $code } within two minutes.
too-many-codes = There were too many wrong codes: I do not { $deed } for an hour.
offer = Shall I { $deed }?
offer-now = Shall I { $deed } now?
nothing-to-say = I have nothing to say to that.
no-yes-awaited = Nothing is waiting for a yes.
send-the-code = Send the code to { $deeds }.
or-to = or to
then-not = Then I will not { $deeds }.
no-code-awaited = Nothing is waiting for a code. A code lasts two minutes and works once.
wrong-code = That code is not right, so nothing was done.
not-repeated = I was interrupted and did not repeat this: { $deeds }.
interrupted = I was interrupted: if that was not all, say it again.
not-again = I was interrupted, and do not do that again by myself.
not-told = I don't know that: no device tells me, and nobody asked me to remember it.
not-paired =
    { $count ->
        [one] { $names } is
       *[other] { $names } are
    } not paired yet; write, for instance: pair { $first }

## Refusals of policy

residents-only = That is for the people who live here.
adults-only = Only an adult of the house may do that.
owners-only = Only an owner may do that.
too-new = I know you from here for less than a day, so an owner has to agree first. I have asked; say it again when you are told that I trust you.
never-above = { $name } never goes above { $most } here.
may-not =
    A { $role ->
        [owner] owner
        [adult] adult
        [child] child
       *[guest] guest
    } may not do that with { $name }.
failed-myself = I failed at that myself; my log says more.

## Of the model's words

# Before the model's own words, which stand between “ and ”.
model-says = My model says:
unchanged = Nothing in the house was changed.
in-the-house = In the house: { $things }
and-more = { $things } and { $n } more
does-not-answer =
    { $count ->
        [one] does
       *[other] do
    } not answer
has-not-told =
    { $count ->
        [one] has not told how it is
       *[other] have not told how they are
    }
