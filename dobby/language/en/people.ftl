# Who is who, how somebody is let in, and what strangers are told.

role =
    { $role ->
        [owner] owner
        [adult] adult
        [child] child
       *[guest] guest
    }
stranger = I look after a house, and I do not know this number. Ask the owner of the house for a code, and send it to me here. (An owner finds one with `dobby pair`, on my server.)
code-too-old = That code is not right, or it is too old.
codes-too-many = That was one wrong code too many. I take no more codes from this number today.
welcome = Welcome, { $name }. I know you as { role } from now on. Say help any time.
code-of-another = That code lets { $invited } in. I know you as { $name }, and a code does not change that: { $invited } has to send it to me.
known-here = I know you here already, { $name }. Send that code to me from your other number.

owners-let-in = Only an owner can let people in or shut them out.
too-new-to-let-in = I know this number for less than a day, and that is about who may come in: say it from the page, or have another owner say it.
people-known = I know { $people }.
person-with-role = { $name } ({ role })
code-once = It works once, within an hour.
invited = { $name } sends me this code to be let in as { role }: { $code }. { code-once }
invited-anew = { $name } sends me this code to be let in as { role } (so far { $was }): { $code }. { code-once }
number-code = Send me this code from your other number: { $code }. { code-once }
still-owner = { $name } is an owner, and a code does not change that. An owner can say: remove { $name }; then invite { $name } anew.
not-yourself = You are the owner; I do not shut you out on your own word.
last-owner = That would leave this house without an owner, so nothing was changed.
shut-out = { $name } can no longer talk to me.
is-it-right = { $name } ({ role }, let in less than a day ago from { $address }) wants to { $wish }. I did not. If that is right, say: trust { $name }. If not, say: remove { $name }.
trusted-now = I trust { $name } from now on. What was wished has to be said again.
