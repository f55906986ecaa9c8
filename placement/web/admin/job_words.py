"""The names of scheduled jobs, what they are for, and the counts of their runs, in plain words."""

from dataclasses import dataclass

from placement.i18n import LazyString, gettext
from placement.i18n import lazy_gettext as _l

SENDING_JOB = "send_due_messages"


@dataclass(frozen=True, slots=True)
class JobWords:
    """What a job is called and what it is for."""

    name: LazyString
    purpose: LazyString


JOBS: dict[str, JobWords] = {
    "send_due_messages": JobWords(
        _l("Sending messages"), _l("Sends the e-mails and text messages whose time has come, all the time.")
    ),
    "plan_reminders": JobWords(
        _l("Planning reminders"),
        _l("Makes sure that each coming recruitment day has its reminders, every ten minutes."),
    ),
    "ask_gateway": JobWords(
        _l("Asking about text messages"),
        _l("Asks the gateway about text messages whose sending had no clear end, before one is sent again."),
    ),
    "sweep": JobWords(
        _l("Freeing messages"), _l("Frees messages that were left half-way when sending was cut off, every minute.")
    ),
    "end_introductions": JobWords(
        _l("End introductions whose approval ran out"),
        _l("The link of the employer has shown nothing since that moment."),
    ),
    "hand_over": JobWords(
        _l("Change own adults on the agreed day"),
        _l("Only for young people who have been told."),
    ),
    "send_digests": JobWords(
        _l("Telling what is new"), _l("Sends workers what is new for the searches they keep, on Monday mornings.")
    ),
    "keep_offers_fresh": JobWords(
        _l("Keeping offers true"),
        _l("Asks employers whether their places are still open and closes those nobody confirms, every morning."),
    ),
    "keep_reliability": JobWords(
        _l("How employers answer"),
        _l("Works out early every morning how surely each employer answers, so that suggestions can weigh it."),
    ),
    "advance_placements": JobWords(
        _l("Moving placements along"),
        _l("Starts placements on their first day, begins their closing and reminds who has not signed, every day."),
    ),
    "forget_old_keys": JobWords(
        _l("Removing old notes"), _l("Removes old notes that only the service itself needs, early every morning.")
    ),
    "ask_how_it_goes": JobWords(
        _l("Asking how it goes"), _l("Asks both sides of a new placement how it is going, on its third day.")
    ),
    "ask_at_the_end": JobWords(
        _l("Asking how it went"),
        _l("Asks both sides how a placement went, and the young person how it is months later."),
    ),
    "remind_of_subsidies": JobWords(
        _l("Deadlines of wage subsidies"), _l("Reminds workers in good time of the deadlines of wage subsidies.")
    ),
    "make_backup": JobWords(
        _l("Making a copy of everything"),
        _l("Copies the whole installation into one file and reads it back, early every morning."),
    ),
    "forget_old_lists": JobWords(
        _l("Removing old lists"), _l("Removes imported lists that nobody needs any more, early every morning.")
    ),
    "forget_shown_lists": JobWords(
        _l("Removing old lists of places"),
        _l("Removes what is kept of lists of places that were shown over a year ago, early every morning."),
    ),
}
COUNTS: dict[str, LazyString] = {
    "sent": _l("Sent"),
    "later": _l("To be tried again"),
    "refused": _l("Cannot be sent"),
    "outage": _l("Waiting, because sending did not work"),
    "broken": _l("To be tried again, because the connection broke"),
    "uncertain": _l("Not known whether it was sent"),
    "text messages cleared up": _l("Text messages cleared up"),
    "text messages to ask about": _l("Text messages to ask about"),
    "no answer about text messages": _l("The gateway did not tell about a text message"),
    "no longer ours or no longer true": _l("Left out, because not needed any more"),
    "due": _l("To be sent"),
    "planned": _l("Reminders planned"),
    "places offered": _l("Free places offered to those waiting"),
    "placements started": _l("Placements started"),
    "placements closing": _l("Closings begun"),
    "placements sent back": _l("Placements back to preparing"),
    "signers reminded": _l("People reminded to sign"),
    "taken back": _l("Messages freed"),
    "form keys": _l("Old forms removed"),
    "rate counts": _l("Old counts of tries removed"),
    "runs": _l("Old lines of this page removed"),
    "digests": _l("New places told"),
    "answer figures": _l("Figures brought up to date"),
    "offers asked": _l("Asked if still open"),
    "offers closed": _l("Closed, because nobody confirmed them"),
    "offers woken": _l("Pauses ended"),
    "asked": _l("Asked how it goes"),
    "views": _l("Asked how it went"),
    "after care": _l("Asked how it is afterwards"),
    "reminders": _l("Reminders of deadlines"),
    "introductions": _l("Introductions closed"),
    "young people": _l("Young people handed over"),
    "lists": _l("Old lists removed"),
    "copies made": _l("Copies made"),
}
ERRORS: dict[str, LazyString] = {
    "the process ended during the run": _l("The process ended during the run. The work was done again later."),
}


def job_in_words(code: str) -> str:
    """Return the name of a job; one that is not known any more is shown as it is."""
    words = JOBS.get(code)
    return str(words.name) if words is not None else code.replace("_", " ")


def count_in_words(code: str) -> str:
    """Return what was counted; what is not known any more is shown as it is."""
    words = COUNTS.get(code)
    return str(words) if words is not None else code


def error_in_words(error: str) -> str:
    """Return why a run failed; what the program itself said is for the technician and shown as it is."""
    words = ERRORS.get(error)
    return str(words) if words is not None else error


def off_reason_in_words(reason: str) -> str:
    """Return why a job is switched off; a restore leaves a code, a person leaves their own words."""
    if reason == "restored":
        return str(gettext("The installation was put back from a copy."))
    return reason
