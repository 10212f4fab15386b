"""Ways of talking; all stand behind ``dobby.delivery.types.Channel``.

The carriers that Dobby speaks through: a new one is a file beside this, and a line here.
"""

from dobby.channels.carrier import Carrier

CARRIERS = (Carrier("twilio", lambda settings: settings.twilio.on, "dobby.channels.twilio:opened"),)
