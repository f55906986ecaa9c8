"""The sentences of estimates and of the pack, by code."""

from placement.i18n import lazy_gettext as _l

MONEY_TEXTS = {
    "support_not_in_force": _l("This support does not exist on the day when the work begins. Check the start."),
    "must_be_jobseeker": _l("Is the person registered as an unemployed jobseeker?"),
    "while_money_lasts": _l("Does the area have money left for this support?"),
    "how_long_unemployed": _l("How long has the person been unemployed? It decides how many months are paid."),
    "municipality_no_50": _l("A municipality does not get the 50%% subsidy."),
    "age_is_no_ground": _l(
        "At 25–29 age is not a ground. Is there another: only basic education, no paid work for long, moved to Finland?"
    ),
    "age_may_be_ground": _l("At %(least)s–%(most)s age can be a ground. Does the authority see it so?"),
    "which_ground": _l(
        "Which ground does the authority see? At %(least)s–%(most)s age is one. At 25–29 it is not: another is needed."
    ),
    "work_ability_asked_from_authority": _l(
        "Does the authority see a ground for 70%%? It asks the person itself. Nothing about health is written here."
    ),
    "only_associations_100": _l("Only an association, a foundation or a religious community gets 100%%."),
    "hours_over_share": _l("The support covers at most %(hours)s hours a week. The hours beyond it the employer pays."),
    "two_years_unemployed": _l("Has the person been unemployed for over two years?"),
    "apprenticeship_agreed": _l("Has an education provider agreed on an apprenticeship?"),
    "voucher_sole_trader": _l("The voucher is for companies. Does a sole trader count as one?"),
    "voucher_companies_only": _l("Only a company can get the voucher."),
    "voucher_job_too_short": _l("For the voucher the job lasts at least %(months)s months."),
    "voucher_too_few_hours": _l("For the voucher the job is at least %(hours)s hours a week."),
    "voucher_age": _l("Is the person %(least)s–%(most)s when the work begins?"),
    "voucher_unemployed": _l(
        "Has the person been unemployed for long enough: 6 of the last 7 months, or 3 with only basic education?"
    ),
    "voucher_no_tax_debt": _l(
        "Is the company without tax debt, and does the person live in a municipality of the area?"
    ),
    "de_minimis": _l("How much de minimis aid has the employer had in three years?"),
}

NOT_COVERED = {
    "side_costs": _l("the employer’s side costs, such as pension and insurance"),
    "side_costs_maybe": _l("side costs are left out of this estimate: ask whether they count"),
    "holiday_bonus": _l("holiday bonus"),
    "after_support": _l("the wages after the support has ended"),
    "hours_over_share": _l("the hours above the share that is supported"),
    "over_ceiling": _l("what goes over the ceiling"),
}

PACK_TEXTS = {
    "business_id": _l("Business ID"),
    "employer_form": _l("What kind of employer it is"),
    "business_activity": _l("Does the employer do business (yes or no)"),
    "contact": _l("Contact person"),
    "bank_account": _l("Bank account"),
    "title": _l("Title of the job"),
    "tasks": _l("Tasks"),
    "place": _l("Where the work is done"),
    "collective_agreement": _l("Collective agreement and pay"),
    "hours": _l("Hours a week"),
    "start": _l("Start"),
    "length": _l("End or length"),
    "contract_kind": _l("Permanent or fixed-term"),
    "supervisor": _l("Supervisor"),
    "other_aid": _l("Other aid and de minimis aid received"),
    "lay_offs": _l("Lay-offs and dismissals declared"),
    "taxes": _l("Taxes and wages in order"),
    "jobseeker": _l("Name and identity of the jobseeker"),
    "agreed": _l("The jobseeker has agreed"),
}
