"""What fictional public bodies plan to do: subjects with their areas of work, headings and the prose of their actions.

Each subject is a block of lines. The first character tells what a line is: `#` name; `@` areas (for posts); `=` headings
of groups; `~` the portfolio of a member; `+` an action; `>` a lead-in, whose parts follow, parted by "|"; `*` the same,
whose parts are bullets; `?` a measure of success. `{n}`, `{k}`, `{pct}`, `{money}`, `{place}`, `{partner}` are filled in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

COUNCIL = """
# housing
@ Housing Options; Tenancy Services; Private Rented Housing; Housing Growth
= A decent home within everyone's reach; Homes fit for the future; Safe, settled households
~ Homes and Neighbourhood Renewal
+ Bring {n} long-term empty properties back into use through loans, advice and, where nothing else works, enforced sale
+ Reduce the average stay in nightly-paid accommodation to under {k} weeks
+ Complete the retrofit of {n} solid-wall homes on the {place} estate, leaving each at band C or better
+ Publish a revised allocations policy after consultation with tenants, applicants and registered providers
+ Set up a tenant scrutiny panel with its own budget and the right to summon managers
+ Carry out electrical safety checks in all council-owned blocks above {k} storeys
+ Secure planning consent for {n} affordable dwellings on the former bus depot at {place}
> Raise standards in private lettings by:| license every house in multiple occupation in {place}| train {k} officers in the use of rent repayment orders| launch a complaints line for private tenants
> Prevent homelessness earlier, so that fewer families lose their home:| place an adviser in each of the {k} family hubs| agree a joint protocol with {partner} for young people leaving care| offer mediation within five days of every parental eviction
* Renew our asset management plan for council housing, to include:| kitchens and bathrooms over thirty years old| lifts and door-entry systems| the cost of meeting the new decency rules
? Number of households in temporary accommodation below {n}; {pct} of repairs completed first time
# waste
@ Waste and Recycling; Street Scene; Fleet Operations
= Cleaner streets, less waste; A tidy borough that recycles more; Waste nothing
~ Environment and Street Scene
+ Roll out separate food caddies to the remaining {n} flats above shops
+ Procure a replacement fleet of {k} collection vehicles, at least half of them electric
+ Trial a reuse shop at the {place} household recycling centre
+ Redesign collection rounds so that crews finish no later than half past three on any weekday
+ Install {n} solar compacting bins on shopping streets and along the seafront promenade
+ Prosecute repeat fly-tippers and publish the results each month on our website
+ Lift the recycling rate from {pct} through better labelling, crew feedback and door-to-door visits
> Make recycling simpler for people who live in flats:| survey every bin store and list the defects| agree service standards with {partner}| pilot clear sacks in {k} blocks at {place}
* Refresh the street cleansing schedule so that it covers:| school gates on weekday mornings| bottle banks at weekends| leaf fall on hills and cycle lanes
? Residual waste per household under {n} kg; {pct} of missed bins put right next day
# highways
@ Highway Maintenance; Traffic and Road Safety; Network Management; Sustainable Transport
= Getting about safely; Well-kept roads and pavements; Journeys that connect us
~ Highways, Parking and Connectivity
+ Patch or surface-dress {k} kilometres of unclassified road identified by the annual condition survey
+ Complete the signalised junction at {place} and review its timings after six weeks of use
+ Adopt a new speed management policy
+ Deliver a segregated cycle track between {place} station and the hospital
+ Inspect all {n} retaining walls and culverts on the principal network, repairing the worst first
+ Negotiate an enhanced bus partnership that restores Sunday services on {k} rural routes
+ Map every gully, set a cleaning frequency by risk and share the results with flood wardens
> Cut casualties among children and older pedestrians:| introduce school streets at {k} primaries| refurbish {n} zebra crossings with brighter beacons| extend Bikeability to every Year 6 pupil
* Prepare for winter earlier by:| filling {n} grit bins before the first frost| checking the salt barn at {place}| signing mutual aid with neighbouring authorities
? Killed or seriously injured casualties down by {pct}; {n} potholes closed within 28 days
# economy
@ Economic Growth; Town Centre Recovery; Inward Investment; Employment Support
= Thriving high streets; An economy that includes everyone; Good jobs, close by
~ Growth, Skills and Regeneration
+ Award {money} in small grants to independent traders for shopfronts, tills and websites
+ Adopt the {place} Masterplan as a supplementary planning document
+ Assemble the land needed for phase two of the enterprise park, using compulsory purchase if talks fail
+ Attract {k} employers to a jobs fair held in the former department store
+ Host a quarterly breakfast for manufacturers with {partner}
+ Commission an independent evaluation of the rural business fund and act on what it finds
+ Relet the covered market on terms that favour start-ups and makers
> Widen access to work for people furthest from it:| open a job club at {place} library| broker {n} supported internships| sign the pledge on fair recruitment for care-experienced applicants
* Bid for investment in our three gateway sites:| the goods yard| the old telephone exchange| land behind {place} civic hall
? Vacancy rate in primary frontages under {pct}; {n} jobs safeguarded
# planning
@ Development Management; Planning Policy; Building Control; Heritage and Design
= Shaping places well; Growth in the right locations; Planning that listens
~ Strategic Planning and Heritage
+ Submit the Local Plan review to the Secretary of State
+ Clear the backlog of enforcement cases older than {k} months
+ Write design codes for infill plots in {place} with a citizens' panel of {k} residents
+ Determine {pct} of householder applications within eight weeks
+ Digitise the register of listed buildings, adding photographs and condition notes for all {n} entries
+ Introduce a validation checklist so that incomplete submissions are returned within three days
* Update the infrastructure funding statement, setting out:| receipts by parish| schemes committed| balances left unspent
? {pct} of appeals dismissed; plan found sound
# adults
@ Adult Safeguarding; Reablement; Commissioning; Learning Disability; Carers
= Living independently for longer; Care that fits the person; Ageing well
~ Adult Care and Wellbeing
+ Recommission home care on a neighbourhood footing with {partner}
+ Open {k} extra-care flats for people with early-onset dementia
+ Halve the time that people wait for an occupational therapy assessment
+ Offer every unpaid carer a named contact and a yearly conversation about their own health
+ Move {n} technology-enabled care customers from analogue to digital alarms ahead of the national switch-over
+ Recruit a principal social worker for mental health
> Strengthen the front door to social care:| answer {pct} of calls within two minutes| give voluntary groups direct booking into our triage diary| publish waiting times for each locality
* Agree a market position statement covering:| day opportunities| residential placements near {place}| personal assistants and direct payments
? {pct} of people still at home 91 days after discharge; delayed discharges under {k} a day
# children
@ Early Help; Fostering; Youth Justice; School Admissions; SEND
= The best start in life; Every learner achieves; Children safe at home and online
~ Children, Families and Learning
+ Approve {k} new in-house fostering households, three of them for sibling groups
+ Open a resourced provision for autistic pupils at {place} Academy
+ Produce education, health and care plans within twenty weeks in {pct} of cases
+ Co-design a youth offer with the members of the shadow youth cabinet
+ Provide holiday activities with a hot meal for {n} eligible pupils
+ Audit every school's single central record
> Improve attendance in years 7 to 11:| run weekly panels with heads of year| text parents by half past nine on the first day of absence| fund breakfast clubs in {k} secondary schools
* Relaunch family hubs with:| midwifery clinics twice a week| a debt adviser| play sessions led by parents
? Persistent absence below {pct}; {n} families supported by early help
# libraries
@ Libraries and Archives; Museums and Galleries; Arts Development
= Culture on every doorstep; Creative communities; Stories worth sharing
~ Culture, Tourism and Leisure
+ Extend opening at {k} branch libraries with self-service entry for members
+ Stage an outdoor arts weekend across {place} and three villages
+ Catalogue the glass-plate negatives and put {n} of them online
+ Transfer the {place} Heritage Centre to a community trust on a thirty-year lease
+ Tour the mobile museum to care homes
* Bring the theatre up to standard:| new seats in the circle| step-free access to the stage| LED lighting throughout
? {n} active borrowers; audiences up by {pct}
# leisure
@ Sport and Active Living; Parks and Open Spaces; Bereavement Services
= Active lives; Green spaces for all; Healthier every day
~ Leisure, Parks and Open Spaces
+ Resurface the athletics track and replace its floodlights
+ Secure a sixth Green Flag for {place} Recreation Ground
+ Plant {n} street trees in the wards with least canopy cover
+ Agree management plans for {k} closed churchyards
+ Let a ten-year contract for the operation of the two leisure pools, with a guaranteed programme of women-only and disability sessions
+ Create a wildflower corridor along the dismantled railway
> Help inactive residents take a first step:| train {k} walk leaders| give free swims to under-16s in August| prescribe gardening through {partner}
? {pct} of adults active for 150 minutes a week; {n} visits to pools
# climate
@ Climate Change; Energy and Carbon; Biodiversity; Flood Risk
= Net zero and nature positive; Ready for a changing climate; Cutting carbon together
~ Climate Action and Biodiversity
+ Switch the Civic Centre boilers to an air-source system sized at {n} kW
+ Fit rooftop solar on {k} schools under a power purchase agreement
+ Write a heatwave plan with {partner}
+ Baseline scope 3 emissions from our {n} largest contracts
+ Declare two local nature reserves beside the river at {place}
+ Install {n} on-street chargers, with a fair share in terraced streets that have no drives
+ Restore {k} hectares of degraded peat on the western moors, blocking drains and reprofiling hags before the nesting season
> Hold back flood water upstream of {place}:| build leaky dams on three becks| pay {k} farmers to keep winter cover| fit gauges that warn householders by text
? Emissions from council buildings {pct} lower; {n} trees surviving after year three
# safety
@ Community Safety; Trading Standards; Environmental Health; Licensing
= Feeling safe, day and night; Safe and confident communities; Standing up to crime
~ Community Safety and Regulation
+ Upgrade {k} public-space cameras and move the control room to {place}
+ Seize illicit tobacco and vapes through monthly test purchasing
+ Train {n} door staff and taxi drivers to spot vulnerability
+ Inspect every high-risk food business at least once
+ Review the statement of licensing policy and the cumulative impact area
+ Launch a serious violence duty needs assessment jointly with {partner}
> Tackle harassment of women and girls in public places:| map unlit routes with students from {place} College| sign up {k} venues as safe havens| run a bystander campaign on buses
? Reports of nuisance down by {pct}; all {n} premises rated
# customer
@ Customer Services; Revenues and Benefits; Registration; Digital
= Easy to reach and quick to answer; A council that listens; Services designed around people
~ Customer Experience and Digital
+ Replace the telephony platform before the present contract lapses
+ Answer {pct} of stage-one complaints in ten working days
+ Put council tax, parking and waste on a single account with one sign-in
+ Pass {n} households to the new discretionary support fund
+ Test all web forms with people who use screen readers
+ Write letters in plain words, beginning with reminders and final notices
* Give staff at the front desk:| tablets that show case history| training in trauma-informed practice| time to call back
? Average wait under {k} minutes; {pct} of contacts resolved first time
# finance
@ Financial Planning; Procurement; Internal Audit; Strategic Property
= Money well managed; A council that lives within its means; Sound foundations
~ Finance and Resources
+ Balance the medium-term financial strategy without use of general reserves
+ Sell or lease {k} surplus buildings, raising at least {money}
+ Close the accounts by the statutory date
+ Let {pct} of contracts by value to firms within thirty miles
+ Bring internal audit back in house and share the service with {partner}
+ Challenge every budget line above {money} through a star chamber of members and officers
? Savings of {money} achieved; unqualified opinion
# people
@ Human Resources; Organisational Development; Health and Safety; Pay and Reward
= A skilled and healthy workforce; An employer of choice; Our people
~ Corporate Services and Workforce
+ Bring turnover in social work below {pct}
+ Appoint {k} graduate trainees and {n} apprentices across all departments
+ Adopt a menopause and carers policy
+ Run a staff survey, share results team by team and agree three things that each service will change
+ Replace paper timesheets with a mobile application for depot staff
> Build leadership at every grade:| coach {k} aspiring managers from under-represented groups| rotate heads of service through a secondment scheme| set up peer learning sets with {partner}
? Sickness under {k} days per person; engagement index of {pct}
# democracy
@ Democratic Services; Elections; Legal Services; Communications
= Open and accountable; Trusted local democracy; Stronger voices
~ Governance and Transparency
+ Webcast every committee that meets in public
+ Canvass {n} properties that returned no form
+ Carry out a community governance review for the parishes around {place}
+ Induct new members within {k} days of taking office
+ Publish decisions, reasons and dissent within two days
? Turnout at {pct}; {n} people at neighbourhood forums
"""

POLICE = """
# neighbourhoods
@ Neighbourhood Policing; Rural Crime; Partnerships
= Visible local policing; Closer to communities; Police who know their patch
+ Name a constable for each of the {k} wards and publish surgeries six weeks ahead
+ Recover stolen plant and livestock with {partner}
+ Double the number of special constables to {n}
+ Answer antisocial behaviour reports with a visit inside 72 hours
+ Hold an open day at {place} police station
> Rebuild confidence among young people:| recruit {k} cadets from every secondary school| review stop and search records with a panel of students| place two officers in the {place} youth hub
? Confidence at {pct}; {n} hours of foot patrol
# victims
@ Victim Services; Public Protection; Criminal Justice
= Putting victims first; Justice that works for victims; Support that lasts
+ Commission therapy for {n} survivors of sexual violence
+ Move the witness care unit to a seven-day rota
+ Take statements by video where a complainant prefers it
+ Cut the time from report to charging decision in rape cases to under {n} days
* Give every victim a plan that states:| who will call and when| what special measures are open to them| how to ask for a review
? Victim satisfaction above {pct}; attrition down by a tenth
# contact
@ Contact Management; Force Operations; Digital Policing
= Answering the call; A modern force; Ready to respond
+ Answer 999 calls within ten seconds on {pct} of occasions
+ Bring in a queue-buster for non-emergency calls
+ Equip {n} response officers with body-worn video that starts when a Taser is drawn
+ Retire the legacy crime system and archive its records lawfully
+ Open a drone hangar at {place}
? {pct} of immediate incidents reached in 15 minutes
# resources
@ Estates; Vetting; People Services; Finance
= Fit for duty; Value for every pound; High standards, no exceptions
+ Re-vet all {n} officers and staff against national databases
+ Dispose of {k} under-used stations and reinvest {money} in vehicles
+ Conclude misconduct hearings within {n} days of referral
+ Bring carbon from the fleet down by {pct}
? Vetting complete; estate cost under {money}
"""

FIRE = """
# prevention
@ Prevention; Community Engagement; Home Safety
= Preventing harm before it happens; Safer homes, safer people; Prevention first
+ Complete {n} safe and well visits to people over 75 or living alone
+ Fit misting systems in the homes of {k} residents who smoke in bed
+ Run a water safety fortnight with {partner}
+ Refer hoarders to a joint panel
+ Give every pupil in Year 5 a lesson on electric scooters and lithium batteries
> Reach farming households that seldom hear from us:| visit {k} marts and shows| translate leaflets into four languages| check hay barns near {place}
? Accidental dwelling fires below {n}; {pct} of visits to those most at risk
# protection
@ Fire Protection; Built Environment; Technical Fire Safety
= Protecting the places we use; Safe buildings; Making buildings safer
+ Audit all {n} premises in the very high risk band
+ Qualify {k} further inspectors to Level 4
+ Share remediation lists with housing enforcement teams
+ Press owners of {k} tall blocks to end simultaneous evacuation
? {pct} of audits within target
# response
@ Response; Control; Operational Assurance; On-Call
= Responding when it matters; Ready at all hours; Skilled crews, right place
+ Put a third wholetime appliance on the run at {place}
+ Recruit {k} on-call firefighters who can respond within five minutes
+ Exercise a chemical release at the refinery with neighbouring services
+ Replace breathing apparatus, including telemetry
+ Install a new mobilising system that sends the quickest crew and not the nearest station, after parallel running for at least {k} weeks
* Check that hose, ladders and lines are:| tested twice a year| marked with a tag| logged in the asset register
? First appliance on scene in {k} minutes on {pct} of occasions
# culture
@ People and Culture; Training; Occupational Health
= Our culture; People at their best; A service to be proud of
+ Act on each of the {k} recommendations of the independent culture review
+ Open a speak-up line run by {partner}
+ Rebuild the hot-fire training unit at {place}
+ Screen crews for contaminants every year
? {pct} of staff would recommend us
"""

HEALTH = """
# urgent
@ Urgent and Emergency Care; Patient Flow; Site Operations
= Right care, first time; Timely urgent care; Flow through our hospitals
+ Open a same-day emergency clinic for frail patients at {place} General
+ See, treat and discharge {pct} of attenders within four hours
+ Cut ambulance handovers longer than {n} minutes by half
+ Run a discharge lounge seven days a week
+ Put a mental health nurse at the front door overnight
> Shorten stays for older people:| begin therapy within a day of admission| hold huddles with {partner} at eight each morning| give {k} wards a ring-fenced porter
? {pct} of patients seen in four hours; occupancy below ninety-two per cent
# planned
@ Elective Recovery; Cancer Services; Diagnostics; Theatres
= Shorter waits; Planned care without delay; Diagnosis sooner
+ Treat everyone who has waited more than {n} weeks
+ Commission a second CT scanner
+ Validate the outpatient list and offer patients the choice to start their own follow-up
+ Raise theatre use to {pct}
+ Set up a one-stop prostate pathway with biopsy, imaging and results within {k} days of referral
? No one waiting over {n} weeks; {pct} on the faster diagnosis standard
# prevention
@ Public Health; Immunisation; Health Inequalities
= A healthier population; Fairer outcomes; Prevention in all we do
+ Vaccinate {pct} of five-year-olds against measles
+ Offer help to stop smoking on every ward
+ Invite {n} residents with serious mental illness to a physical check
+ Map access to dentists in {place}
* Work with schools to improve:| tooth brushing in reception| emotional resilience| cooking skills
? Smoking at delivery under {pct}
# workforce
@ Workforce and OD; Medical Staffing; Nursing and Midwifery
= A great place to work; Caring for our staff; Teams that thrive
+ Fill {n} registered nurse posts, with no more than {k} from agencies
+ Give junior doctors rotas six weeks ahead
+ Provide a rest room at each acute site
+ Retrain {k} healthcare assistants as nursing associates
? Agency spend below {money}
"""

PARK = """
# nature
@ Ecology; Woodlands; Landscape Conservation; Farming in Protected Landscapes
= Nature in recovery; A landscape rich in wildlife; Wilder uplands
+ Block {k} kilometres of moorland grips and sow sphagnum
+ Reintroduce water voles on two tributaries above {place}
+ Advise {n} graziers on the new land management schemes
+ Survey curlew on {k} squares with volunteers
+ Fell diseased ash beside roads and replant with mixed broadleaves
> Join up fragmented woods:| plant {k} hectares of natural colonisation on Forestry land| remove rhododendron from the gorge at {place}| collect seed from veteran oaks
? {n} hectares in favourable condition
# visitors
@ Rangers; Access and Recreation; Visitor Services
= A warm welcome; Access for everyone; Enjoying the Park responsibly
+ Mend {n} stiles and replace half of them with gates
+ Pilot a shuttle bus from {place} to the main car parks on Sundays in summer
+ Lend off-road wheelchairs at {k} centres
+ Agree a code for large sponsored events
* Redo the exhibition at the {place} visitor centre:| tactile model of the valley| Welsh and English audio| a corner for under-fives
? {pct} of paths easy to use
# living
@ Planning; Rural Economy; Cultural Heritage
= Living, working landscapes; Communities that last; Heritage cared for
+ Let {k} local-occupancy plots to a land trust
+ Record barns at risk and grant-aid the first {k}
+ Adopt guidance on holiday lets
+ Start a dark-sky lighting scheme with {partner}
? {n} buildings off the at-risk list
"""

# Families of bodies -> the blocks of their subjects.
SUBJECTS = {"council": COUNCIL, "police": POLICE, "fire": FIRE, "health": HEALTH, "park": PARK}


@dataclass
class Subject:
    """One field of work: everything that a plan's group about it is made of."""

    name: str
    areas: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    portfolio: str = ""
    actions: list[str] = field(default_factory=list)
    sets: list[tuple[str, list[str]]] = field(default_factory=list)
    bullets: list[tuple[str, list[str]]] = field(default_factory=list)
    measures: list[str] = field(default_factory=list)


def subjects(family: str) -> list[Subject]:
    """The subjects of a family of bodies, in the order of their blocks.

    >>> subjects("fire")[0].areas[0]
    'Prevention'
    """
    found: list[Subject] = []
    for line in SUBJECTS[family].strip().splitlines():
        mark, text = line[0], line[2:].strip()
        if mark == "#":
            found.append(Subject(text))
            continue
        subject = found[-1]
        parts = [part.strip() for part in text.split("|")]
        if mark in "@=?":
            kept = {"@": subject.areas, "=": subject.headings, "?": subject.measures}[mark]
            kept += [part.strip() for part in text.split(";")]
        elif mark == "~":
            subject.portfolio = text
        elif mark == "+":
            subject.actions.append(text)
        else:
            (subject.sets if mark == ">" else subject.bullets).append((parts[0], parts[1:]))
    return found


# Ends that make an action longer: a clause before the stop, or a sentence after it.
CLAUSES = [
    "so that residents see the difference within a year",
    "starting with the areas of greatest need",
    "in line with the recommendations of the peer review",
    "subject to the outcome of the funding round",
    "making use of the lessons from the pilot in {place}",
    "with particular regard to people who do not use the internet",
    "alongside {partner} and local voluntary organisations",
    "and report the savings that follow to the audit committee",
    "at a cost of no more than {money}",
    "without adding to the revenue budget",
    "while keeping disruption to a minimum",
    "as agreed with the trades unions in the autumn",
    "using the powers given to us by recent legislation",
    "to reach at least {n} people in the first year",
    "and consider whether the approach could be extended to {place}",
]
SENTENCES = [
    "An options appraisal will be put to members before any commitment is made.",
    "This builds on the work begun last year, when {n} people took part and {pct} of them said that they would do so again.",
    "Funding of {money} has been set aside in the capital programme; the balance is to come from grant and from developers' contributions.",
    "We will test the approach in {place} before applying it elsewhere.",
    "Equality impacts will be assessed at each stage and published on our website.",
    "The steering group, chaired by {partner}, will meet every six weeks and will hold the risk register.",
    "Staff, service users and their families will be involved throughout, and what they tell us will shape the final design.",
    "Success depends on recruiting to two vacant posts (one of them shared) and on the timely release of data by national bodies.",
    "A lessons-learned note will follow.",
    "Where targets are missed, an exception report will say why and what will be done about it.",
    "Phase 2 is not included here, since its business case has yet to be written.",
]
NOTES = [
    "Carried forward from last year's plan", "Peer challenge recommendation {k}", "Dependent on external grant",
    "Statutory duty", "Manifesto commitment", "Shared with {partner}", "Invest to save scheme",
    "Audit action {k}", "Delivered through the Transformation Programme", "New for this year",
]  # fmt: skip
PROGRESS = [
    "Tender documents issued; {k} bids received.", "On course. {n} people have taken part so far.",
    "Contractor appointed and site meeting held.", "Delayed by staff vacancies; interviews are under way.",
    "Report considered by the board, which asked for more detail on costs.", "Milestone met ahead of time.",
    "Work paused until grant terms are known.\nA decision is expected shortly.", "Draft circulated to partners for comment.",
    "{pct} complete at the time of writing.", "Consultation closed with {n} responses; analysis has begun.",
    "No change since the last report.", "Pilot finished in {place}. Evaluation shows good take-up among older residents.",
]  # fmt: skip
