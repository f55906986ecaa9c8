"""Asks the text-message gateway what became of messages whose sending had no clear end."""

from jobs.runner import Work
from placement.notifications.channels import make_sms_channel
from placement.notifications.gateway_words import take_answer, uncertain_to_ask_about

AT_ONCE = 50


def run(work: Work) -> None:
    """Ask about each, and note the answer in a transaction of its own. A dry run only counts."""
    channel = make_sms_channel(work.app.config["SAUMA_SETTINGS"])
    if channel is None:
        return
    with work.transaction() as session:
        waiting = uncertain_to_ask_about(session, limit=AT_ONCE)
    if work.dry_run:
        work.count("text messages to ask about", len(waiting))
        return
    for message_id, reference in waiting:
        if work.stop.is_set():
            return
        status = channel.ask(reference)
        with work.transaction() as session:
            settled = take_answer(session, message_id=message_id, status=status)
        if settled:
            work.count("text messages cleared up")
        else:
            work.count("no answer about text messages")
