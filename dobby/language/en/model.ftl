# Why the model did not answer.

plain-commands = I can still take plain commands.
model-slow = My model took longer than { $took }.
model-aimless = My model wanted to do something, and did not say what.
model-tireless = My model wanted more than { $limit } steps for this; I stopped it.
model-cut-off = My model's answer was cut off.
model-away = I cannot reach my model.
model-senseless = My model's answer made no sense.
model-spent = My model's budget for today (${ $limit }) is used up.
model-silent = My model had nothing to say.
model-endless = My model's answer was too long and broke off, so I left it out.
model-refused = My model refused to answer that.
model-strange = My model ended its answer in a way that I do not know.
model-elsewhere = My model's server sends me to another one, and I do not follow.
model-key = My model does not accept my key.
model-unknown = My model's server does not know the model I ask for.
model-busy = My model has too much to do right now.
model-broken = My model is out of order right now.
