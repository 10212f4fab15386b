# Why nothing was done, and one good question. $said: whether there are words to show.

not-understood =
    I did nothing: I { $said ->
        [yes] don't understand “{ $what }”. What do you mean by it?
       *[no] am not sure what you want. Can you say it another way?
    }
empty = There was nothing in that message.
too-long = That is too long for me. What shall I do, in short?
ask-what = What do you want to know?
what-shall-i-do = What shall I do with { $what }?
what-thing = What do you mean? Name it, please.
what-is-that = What do you mean by that? Name it, please.
which-thing = Which one? Name it, please.
which-one = Which one: { $options }?
which-room = Which room? I know: { $rooms }.
which-timer = Which timer: { $options }?
unknown-name = I don't know “{ $what }”. I know: { $rooms }.
unknown-kind = I know no { kinds } here.
unknown-there = I find no { $what } there. In { $room } I know: { $known }. Which one?
unable = { $names } cannot do that.
knows-only =
    { $name } cannot { $mode ->
        [heat] heat
        [cool] cool
        [dry] dry the air
        [fan] only ventilate
       *[auto] run on auto
    }. It knows: { $options }.
goes-to = { $name } knows: { $options }. Which one?
out-of-range = { $name } goes from { $low } to { $high }. What shall it be?
level-unseen = I can't see that of { $name } now ({ ability }). To what?
big-step = That is a big step. To how many degrees?
negation = I did nothing, since you said not to. What shall I do instead?
condition = I did nothing: that depends on something.
either = I did nothing: which of the two shall it be?
past = I did nothing: that is about the past. What shall I do now?
future = I did nothing: I can only act at once, not later.
reported = I did nothing: that did not sound like an order. What shall I do?
exception-unknown = I don't know what to leave out: { $what }. Which one?
nothing-to-do = All right, I leave it as it is.
two-things-at-once = I did nothing: you want two different things of one device. Which one?
everything-on = I did nothing: everything at once is much. What shall I switch on?
how-armed = How shall I arm it: home, away or night?
how-many-degrees = How many degrees shall it be?
join-whom = With which speaker?
move-whence = From which speaker shall the music move?
no-speaker = I know no speaker there. I know: { $rooms }.
no-player = I know nothing that plays music.
play-what = What shall I play?
playing-already = It is playing already. What shall I play?
plays-not = I did nothing: { $what } is not playing. What shall I stop?
one-room = One room at a time, please. Which one?
timer-how-long = For how long?
timer-too-short = There is not so much time left on it. What shall I do?
no-timer = I know no such timer: { $name }.
not-on-list = That is not on { $name }. There is: { $items }.
nothing-moves = Nothing that I know of is moving or playing.
cannot-undo = I can only take back what I was told to remember. What shall I set instead?
of-roles = I did nothing. What somebody may do goes by their role, and I keep no rule for one person or one thing: owners and adults may set everything, what is risky after a code; children and guests nothing risky, and no alarm; guests no lock and no heating either. An owner can invite somebody anew in another role, or remove them. What shall I do?
and-now = { $why } What shall I do now?
name-unclear = “{ $name }” is no name that I could tell from other words.
name-order = “{ $name }” is an order: as a name it would be taken from everybody.
name-word = “{ $name }” is a word that orders are made of: as a name it would be missed.
name-common = “{ $name }” is what several things, or others, are called already.
name-hides = “{ $name }” would be taken for a { $like }, and this is a { $kind }. Say, for instance: call it { $name } { $kind }
asked-later = I can't tell that: I only know how things are now, not how they will be.
asked-past = I can't tell that: I only know how things are now, not how they were.
