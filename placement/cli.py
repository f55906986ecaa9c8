"""The ``sauma`` commands. Each says what it does, and fails with one clear line and a non-zero exit."""

import errno
import os
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import click
from email_validator import EmailNotValidError, validate_email
from flask import Flask
from flask_security import hash_password
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from placement import demo
from placement.accounts.models import Centre, LinkPurpose
from placement.accounts.passwords import known_words, password_weakness
from placement.accounts.permissions import Role
from placement.accounts.personal_links import make_link
from placement.accounts.queries import all_centres, find_staff_by_email, get_centre
from placement.accounts.services import add_staff
from placement.app import create_app
from placement.audit.services import Actor, record
from placement.backups.commands import backup, backup_key, restore_copy
from placement.clock import today_in_helsinki
from placement.errors import ImportRefused
from placement.i18n import in_language
from placement.links import page_address
from placement.migrations.run import is_current, upgrade
from placement.notifications.bounces import LARGEST_REPORT, NotAReport, read_report, take_report
from placement.offers.importing.importing import import_offers
from placement.offers.importing.planning import Outcome, count_outcomes, plan_import
from placement.offers.importing.reading import read_table
from placement.offers.importing.rejects import rejects_file
from placement.offers.importing.report import report_lines
from placement.offers.importing.tables import Table
from placement.offers.models import OfferKind
from placement.serving import Child, run_side_by_side
from placement.settings import Settings, SettingsError, load_settings
from placement.vocabulary import EscoError, esco_size, municipalities_by_code, take_in_esco
from placement.web.admin.services import new_secret
from placement.web.headers import PAGE_FOR_LOG

ROWS_WITHOUT_BAR = 200
# Who, when, which page, what came of it, how long it took. No address and no referrer: they may hold a personal link.
ACCESS_LOG = f'%(h)s %(t)s "%(m)s %({{{PAGE_FOR_LOG}}}e)s" %(s)s %(B)s %(M)s ms'


def _settings(**overrides: object) -> Settings:
    try:
        return load_settings(**overrides)
    except SettingsError as error:
        raise click.ClickException(f"the settings are not right:\n{error}") from error


def _app(settings: Settings) -> Flask:
    if not is_current(settings.database_address):
        message = "the database is not at the newest version: run `sauma migrate` first"
        raise click.ClickException(message)
    return create_app(settings)


@contextmanager
def transaction(app: Flask) -> Iterator[Session]:
    """One transaction of a command, in the context of the app."""
    with app.app_context(), app.extensions["session_factory"].begin() as session:
        yield session


@click.group()
@click.version_option(package_name="sauma")
def main() -> None:
    """Sauma: employer matching and work-trial placement for Ohjaamo centres."""
    os.umask(0o077)  # what is written is about people: only the user who runs the service reads it


@main.command()
def migrate() -> None:
    """Bring the database to the newest version; makes it when there is none."""
    settings = _settings()
    settings.make_instance()
    upgrade(settings.database_address)
    click.echo("The database is at the newest version.")


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 32), help="Web processes.")
@click.option("--jobs/--no-jobs", default=True, show_default=True, help="Run the jobs process too.")
def serve(host: str, port: int, workers: int, *, jobs: bool) -> None:
    """Run the web service and the jobs process until interrupted."""
    settings = _settings()
    if not is_current(settings.database_address):
        message = "the database is not at the newest version: run `sauma migrate` first"
        raise click.ClickException(message)
    sys.exit(
        _run(
            host,
            port,
            workers=workers,
            jobs=jobs,
            log=["--access-logfile", "-", "--access-logformat", ACCESS_LOG],
            environment={},
        )
    )


def _run(host: str, port: int, *, workers: int, jobs: bool, log: list[str], environment: Mapping[str, str]) -> int:
    """Run web and jobs until interrupted and return the exit code."""
    if _is_taken(host, port):
        message = f"something listens on port {port} already: choose another with --port"
        raise click.ClickException(message)
    web: list[str] = [sys.executable, "-m", "gunicorn", "placement.wsgi:app", "--bind", f"{host}:{port}", *log]
    web += ["--preload", "--worker-class", "gthread", "--workers", str(workers), "--threads", "4"]
    web += ["--limit-request-line", "8190"]  # the most it takes: a page of ours refuses what is too long
    variables = os.environ | {"OMP_NUM_THREADS": "1"} | dict(environment)
    children = [Child("web", web, variables)]
    if jobs:
        children.append(Child("jobs", [sys.executable, "-m", "jobs"], variables))
    return run_side_by_side(children)


@main.command("create-admin")
@click.option(
    "--centre", "slug", prompt="Short name of the centre", help="Short name of the centre, such as kivilampi."
)
@click.option("--first-name", prompt="First name", help="First name.")
@click.option("--last-name", prompt="Last name", help="Last name.")
@click.option("--email", prompt="E-mail address", help="Address to sign in with.")
@click.option("--password", help="Password; asked for when not given.")
@click.option("--centre-name", default="", help="Makes the centre with this name when there is none yet.")
@click.option("--municipality", default="", help="Three-digit code of the municipality of a new centre, such as 091.")
def create_admin(  # noqa: PLR0917 - one argument per option
    slug: str, first_name: str, last_name: str, email: str, password: str | None, centre_name: str, municipality: str
) -> None:
    """Add the first administrator, and the centre when there is none."""
    address = email.strip().lower()
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError as error:
        message = f"{email!r} is not an e-mail address"
        raise click.ClickException(message) from error
    secret = password or click.prompt("Password", hide_input=True, confirmation_prompt=True)
    weakness = password_weakness(secret, about=known_words(first_name=first_name, last_name=last_name, email=address))
    app = _app(_settings())
    if weakness is not None:
        with app.app_context(), in_language("en"):
            raise click.ClickException(str(weakness))
    with transaction(app) as session:
        if find_staff_by_email(session, address) is not None:
            message = f"somebody already signs in with {address}"
            raise click.ClickException(message)
        staff = add_staff(
            session,
            centre=_centre(session, slug, centre_name, municipality),
            first_name=first_name,
            last_name=last_name,
            email=address,
            password_hash=hash_password(secret),
            roles=[Role.ADMIN, Role.LEAD],
            totp_secret=new_secret(),
        )
        record(session, actor=Actor.system(staff.centre.id), action="staff.added", about=staff)
    click.echo(f"{address} can sign in now. The sign-in code comes by e-mail.")


def _centre(session: Session, slug: str, name: str, municipality: str) -> Centre:
    found = get_centre(session, slug)
    if found is not None:
        return found
    if not name or municipality not in municipalities_by_code():
        message = f"there is no centre {slug!r}: give --centre-name and --municipality to make it"
        raise click.ClickException(message)
    made = Centre(slug=slug, name=name, municipality_code=municipality)
    session.add(made)
    session.flush()  # the log needs its id
    return made


@main.command("demo")
@click.option("--seed", default=demo.SEED, show_default=True, help="The same seed gives the same people and places.")
def load_demo(seed: int) -> None:
    """Fill an empty database with two invented centres. Only for trying out: everybody has the same password."""
    with transaction(_app(_settings())) as session:
        if all_centres(session):
            message = "there is a centre in this database already; the demo goes only into an empty one"
            raise click.ClickException(message)
        summary = _load_demo(session, seed)
        click.echo(", ".join(f"{count} {name}" for name, count in summary.counts.items()))
        _tell_sign_ins(summary)


def _load_demo(session: Session, seed: int) -> demo.DemoSummary:
    with click.progressbar(length=demo.STEPS, label="Making the demo") as bar:
        return demo.make_demo(
            session,
            password_hash=hash_password(demo.PASSWORD),
            totp_secret=new_secret,
            today=today_in_helsinki(),
            seed=seed,
            on_step=lambda: bar.update(1),
        )


def _tell_sign_ins(summary: demo.DemoSummary) -> None:
    click.echo(f"\nSign in with the password {demo.PASSWORD}")
    with in_language("en"):
        for one in summary.sign_ins:
            click.echo(f"  {one.role.label!s:<30} {one.email:<32} {one.name}")


@main.command("run-demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(1, 65535),
    envvar="SAUMA_PORT",
    show_envvar=True,
    help="Port to listen on, or the next free one after it.",
)
def run_demo(host: str, port: int) -> None:
    """Set up, load the demo into an empty database, and run it: what `make run` does.

    Refuses to run on a database that holds other centres, because a demo shows its passwords. Messages
    are always written to files, because their receivers are invented.
    """
    port = _free_port(host, port)
    address = os.environ.get("SAUMA_PUBLIC_URL") or f"http://{host}:{port}"
    settings = _settings(demo=True, public_url=address, mail_url="", sms_url="")
    settings.make_instance()
    upgrade(settings.database_address)
    with transaction(create_app(settings)) as session:
        if not all_centres(session):
            _load_demo(session, demo.SEED)
        elif not demo.demo_centres_only(session):
            message = "this database holds other centres than the demo: set SAUMA_INSTANCE to another folder"
            raise click.ClickException(message)
        _tell_demo(session, settings)
    environment = {"SAUMA_DEMO": "true", "SAUMA_PUBLIC_URL": address, "SAUMA_MAIL_URL": "", "SAUMA_SMS_URL": ""}
    environment["SAUMA_LOG_LEVEL"] = os.environ.get("SAUMA_LOG_LEVEL", "WARNING")
    sys.exit(_run(host, port, workers=2, jobs=True, log=["--log-level", "warning"], environment=environment))


def _free_port(host: str, first: int) -> int:
    for port in range(first, min(first + 50, 65536)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    message = f"no free port from {first} on: set SAUMA_PORT to another"
    raise click.ClickException(message)


def _is_taken(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False


def _tell_demo(session: Session, settings: Settings) -> None:
    """Print what one needs to know to look around."""
    summary = demo.read_summary(session)
    youth, contact = summary.youth, summary.employer_contact
    my_page = make_link(session, centre_id=youth.centre_id, purpose=LinkPurpose.MY_PAGE, youth_id=youth.id)
    employer_page = make_link(
        session,
        centre_id=contact.centre_id,
        purpose=LinkPurpose.EMPLOYER_PAGE,
        employer_contact_id=contact.id,
    )
    line = "─" * 78
    click.echo(f"{line}\nSauma demo: {settings.public_url}\n{line}")
    click.echo(f"Two invented centres: {' and '.join(summary.centres)}")
    _tell_sign_ins(summary)
    click.echo("The code for the second step is shown on the sign-in page in the demo.\n")
    click.echo(f"A young person’s own page ({youth.first_name}):\n  {page_address('me.show', token=my_page)}")
    click.echo(f"An employer’s own page ({contact.name}):\n  {page_address('employer.home', token=employer_page)}\n")
    click.echo(f"E-mails and text messages are written to {settings.mail_folder}")
    click.echo(f"To begin anew, stop with Ctrl-C and remove {settings.instance.resolve()}\n{line}")


@main.command("take-bounce")
@click.argument("mail", type=click.File("rb"), default="-")
def take_bounce(mail: BinaryIO) -> None:
    """Take in one mail that came back (from a file or from standard input) and mark the address that it is about.

    A mail server can hand over every mail to SAUMA_MAIL_FROM: what is no delivery report is passed over.
    """
    settings = _settings()
    try:
        with transaction(_app(settings)) as session:
            message = take_report(session, read_report(mail.read(LARGEST_REPORT)))
            click.echo(f"Message {message.id}: {message.state.value}.")
    except NotAReport as error:
        click.echo(f"Passed over: {error}.")
    except SQLAlchemyError as error:
        click.echo("The database did not answer: try again later.", err=True)
        raise SystemExit(os.EX_TEMPFAIL) from error


@main.group("import")
def import_group() -> None:
    """Take in lists that centres keep."""


@import_group.command("offers")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--centre", "slug", default="", help="Short name of the centre; needed when there are several.")
@click.option("--dry-run", is_flag=True, help="Only tell row by row what would be made; change nothing.")
@click.option(
    "--publish/--no-publish",
    default=False,
    show_default=True,
    help="Publish offers that somebody has checked already; without it they wait to be checked.",
)
@click.option("--rejects", type=click.Path(dir_okay=False, path_type=Path), help="Write the rows to mend to this CSV.")
@click.option(
    "--kind", type=click.Choice([kind.value for kind in OfferKind]), help="Kind of the offers whose rows do not say it."
)
@click.option("--language", type=click.Choice(["fi", "sv", "en"]), default="fi", help="Language of the report.")
@click.pass_context
def import_offer_list(
    context: click.Context,
    file: Path,
    *,
    slug: str,
    dry_run: bool,
    publish: bool,
    rejects: Path | None,
    kind: str | None,
    language: str,
) -> None:
    """Import a list of offers: CSV, XLSX, or job postings (JSON-LD) in a JSON file or a saved page.

    Good rows go in, rows that are here already are passed over, wrong rows are told. Importing the same
    list again makes nothing twice.

    Exit code: 0 all is well, 1 the file or the centre was refused, 2 the command was given wrongly,
    3 some rows need mending.
    """
    with transaction(_app(_settings())) as session, in_language(language):
        centre = _only_centre(session, slug)
        try:
            counts = _take_offers(
                session,
                read_table(file.read_bytes()),
                centre_id=centre.id,
                default_kind=OfferKind(kind) if kind else None,
                publish=None if dry_run else publish,
                rejects=rejects,
            )
        except ImportRefused as error:
            raise click.ClickException(str(error.message)) from error
        except OSError as error:
            message = f"{error.filename}: {error.strerror}"
            raise click.ClickException(message) from error
    context.exit(3 if counts[Outcome.WRONG.value] else 0)


@import_group.command("esco")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--esco-version", default="", help="Version of the files, such as 1.2.0; read from the folder's name.")
def import_esco(folder: Path, esco_version: str) -> None:
    """Take in ESCO, the European classification of skills and occupations, from its official CSV files.

    Words are then linked to it as well, in Finnish, Swedish and English, by every process of the service. The files
    of all languages may be in one folder or in folders below it. Nothing changes when a file is refused.
    """
    settings = _settings()
    try:
        with click.progressbar(
            length=esco_size(folder), label="Reading ESCO, then preparing it for a minute or two"
        ) as bar:
            report = take_in_esco(folder, settings.instance, version=esco_version, progress=bar.update)
    except EscoError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        message = f"{error.filename}: {error.strerror}"
        raise click.ClickException(message) from error
    languages = ", ".join(report.languages)
    click.echo(
        f"ESCO {report.taxonomy.version}: {report.skills} skills and {report.occupations} occupations, {languages}"
    )
    _tell_addresses("no longer in use and left out", report.retired)
    _tell_addresses("named by a relation but missing from the files", report.dangling)


def _tell_addresses(what: str, addresses: Sequence[str]) -> None:
    if addresses:
        some = ", ".join(addresses[:3]) + (", …" if len(addresses) > 3 else "")
        click.echo(f"{len(addresses)} concepts are {what}: {some}")


def _take_offers(
    session: Session,
    table: Table,
    *,
    centre_id: int,
    default_kind: OfferKind | None,
    publish: bool | None,
    rejects: Path | None,
) -> Mapping[str, int]:
    """Import a list, or with ``publish=None`` only plan it; print the report and return the rows by outcome."""
    count = len(table.rows)
    with click.progressbar(length=count, label="Checking the rows", hidden=count < ROWS_WITHOUT_BAR) as bar:
        plan = plan_import(
            session, table, centre_id=centre_id, default_kind=default_kind, progress=lambda: bar.update(1)
        )
    rows = plan.rows
    if publish is not None:
        with click.progressbar(length=count, label="Importing", hidden=count < ROWS_WITHOUT_BAR) as bar:
            actor = Actor.system(centre_id)
            rows = import_offers(
                session, plan, centre_id=centre_id, actor=actor, publish=publish, progress=lambda: bar.update(1)
            ).rows
    counts = count_outcomes(rows)
    for line in report_lines(rows, plan.columns, counts, is_done=publish is not None):
        click.echo(line)
    if rejects is not None and counts[Outcome.WRONG.value]:
        rejects.write_bytes(rejects_file(plan.headings, [row for row in rows if row.outcome is Outcome.WRONG]))
    return counts


def _only_centre(session: Session, slug: str) -> Centre:
    centres = all_centres(session)
    found = [centre for centre in centres if centre.slug == slug or (not slug and len(centres) == 1)]
    if not found:
        known = ", ".join(centre.slug for centre in centres) or "none yet"
        message = f"say which centre with --centre; there are: {known}"
        raise click.ClickException(message)
    return found[0]


main.add_command(backup)
main.add_command(backup_key)
main.add_command(restore_copy)


@main.command("jobs", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("words", nargs=-1)
def run_jobs(words: tuple[str, ...]) -> None:
    """Look at the scheduled jobs (`list`) or run one now (`run NAME`)."""
    # A process of its own: the jobs use this package, never the other way round.
    sys.exit(subprocess.run([sys.executable, "-m", "jobs", *(words or ("--help",))], check=False).returncode)


if __name__ == "__main__":
    main()
