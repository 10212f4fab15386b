# Wie wie is, hoe iemand wordt binnengelaten, en wat vreemden te horen krijgen.

role =
    { $role ->
        [owner] eigenaar
        [adult] volwassene
        [child] kind
       *[guest] gast
    }
stranger = Ik zorg voor een huis en ken dit nummer niet. Vraag de eigenaar van het huis om een code en stuur die hier naar mij. (Een eigenaar vindt er een met `dobby pair`, op mijn server.)
code-too-old = Die code klopt niet, of hij is te oud.
codes-too-many = Dat was één verkeerde code te veel. Vandaag neem ik van dit nummer geen codes meer aan.
welcome = Welkom, { $name }. Ik ken je vanaf nu als { role }. Zeg “help” wanneer je wilt.
code-of-another = Die code laat { $invited } binnen. Jou ken ik als { $name }, en een code verandert dat niet: { $invited } moet hem me zelf sturen.
known-here = Ik ken je hier al, { $name }. Stuur me die code vanaf je andere nummer.

owners-let-in = Alleen een eigenaar kan mensen binnenlaten of buitensluiten.
too-new-to-let-in = Ik ken dit nummer nog geen dag, en het gaat erom wie binnen mag: zeg het op de pagina, of laat een andere eigenaar het zeggen.
people-known = Ik ken { $people }.
person-with-role = { $name } ({ role })
code-once = Hij werkt één keer, binnen een uur.
invited = { $name } stuurt me deze code om binnen te komen als { role }: { $code }. { code-once }
invited-anew = { $name } stuurt me deze code om binnen te komen als { role } (tot nu toe { $was }): { $code }. { code-once }
number-code = Stuur me deze code vanaf je andere nummer: { $code }. { code-once }
still-owner = { $name } is eigenaar, en een code verandert dat niet. Een eigenaar kan zeggen: verwijder { $name }; en daarna: nodig { $name } uit.
not-yourself = Het huis is van jou; op je eigen woord sluit ik je niet buiten.
last-owner = Dan had dit huis geen eigenaar meer, dus er is niets veranderd.
shut-out = { $name } kan niet meer met me praten.
is-it-right = { $name } ({ role }, nog geen dag binnen, vanaf { $address }) wil dit: { $wish }. Ik heb het niet gedaan. Als het goed is, zeg: vertrouw { $name }. Zo niet, zeg: verwijder { $name }.
trusted-now = Ik vertrouw { $name } vanaf nu. Wat gevraagd was, moet nog eens gezegd worden.
