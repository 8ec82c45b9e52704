"""Everyday words of English; a line is a group, with commas between."""

WORDS = """
delete, remove, erase, wipe, get rid of, discard
change, edit, modify, alter, adjust, amend, rewrite
update, upgrade
add, insert, attach
create, make, set up
save, keep, store, retain
copy, duplicate, backup, back up, snapshot
restore, recover, bring back, get back, put back
undo, revert, reverse, take back, retract, call back
cancel, unsubscribe, terminate, quit
begin, start
repair, fix, mend, correct, put right
choose, select, pick
press, click, tap, push
write, type, compose
send, submit
receive, arrive, get through
answer, reply, respond, response
ask, question, enquiry, inquiry
search, look for, look up, lookup
result, hit, match
find, discover, locate
show, display, appear, visible
hide, hidden, invisible, conceal
allow, permit, grant
forbid, prohibit, refuse, reject, deny, block
check, verify, inspect
confirm, activate, validate
download, export, dump
upload, import, load
move, transfer, migrate, relocate
sort, order, sequence, arrange
print, printout, hard copy, paper, sheet
enlarge, zoom, magnify, bigger
read, look at
measure, count, calculate
prove, proof, evidence
watch, monitor
protect, secure, safe
hack, hacker, break into, broke into, attack, intruder, burglar
steal, stolen, theft, thief
disaster, fire, flood, burnt
track, spy, follow around
log in, sign in, login, log on, sign on, get in, locked out
log out, sign out, log off, sign off, logout
sign up, register, registration, join, create an account
password, passcode, passphrase, credentials, secret word
account, profile
preference, setting, option, configuration
configure, set up, install
picture, image, photo, photograph, screenshot, snap, drawing, diagram
mail, e-mail, email, letter, post
inbox, mailbox
message, note
page, site, website, web page
article, page, text, guide, tutorial, instructions, manual, how-to
author, writer, editor
paragraph, passage
chapter, part, section
file, document, attachment
folder, directory
link, url, hyperlink, bookmark, address
phone, mobile, smartphone, telephone, cell, iphone, android, handset
computer, laptop, machine, device, tablet, pc, mac, notebook
server, host, machine, box, vps
app, application, program, software
button, icon
list, overview, cheat sheet, index
tick, check mark, checkbox, cross off, tick off
table, grid, rows and columns
keyboard, key, shortcut
mouse, touchpad, trackpad
browser, chrome, firefox, safari
blind, visually impaired, low vision
dictate, voice, speech
terminal, command line, console, shell, command
language, tongue, mother tongue, native
colour, color, shade
logo, emblem
dark, night, black, dim
light, bright, white, glare
name, called
word, term, expression
abbreviation, acronym
number, figure, statistics, percentage
average, mean, median
compare, comparison, difference
report, chart, dashboard
rating, vote, thumb
feedback, comment, remark, opinion, complaint, criticism, review, rant
complain, grumble, moan
praise, compliment
helpful, useful
mistake, slip, typo, accident, accidentally, inadvertently, unintentionally, oops
error, fault, failure, bug
problem, trouble, issue
wrong, incorrect, false
broken, not working, does not work, faulty, dead, out of order
slow, sluggish, lag, crawl, takes forever, takes ages
quick, fast, rapid, speed
crash, freeze, froze, frozen, hang, stuck, unresponsive
outage, downtime, disruption, unreachable, unavailable, offline
missing, lost, gone, disappeared, vanished, nowhere
outdated, out of date, stale, obsolete, no longer right
old, former, previous, earlier
expired, too old, no longer valid
new, fresh, latest
big, large, huge, heavy
small, tiny, little
limit, maximum, restriction
nothing, zero, not one, empty, blank
person, human, somebody real, real person, agent
support, help desk, customer service
admin, administrator, superuser, in charge
colleague, coworker, teammate, co-editor
employee, staff, team, volunteer
customer, client, reader, visitor, user
role, permission, right, privilege, access
intern, trainee, apprentice, newcomer
company, firm, business, organisation
private, confidential, internal, secret
privacy, data protection, gdpr, personal data
law, legal, lawyer, regulation
audit, auditor, inspection, compliance
stranger, outsider, unknown person
anonymous, nameless
period, how long, duration, retention
forever, permanently, for good
spam, junk, advertising
automatic reply, out of office, vacation, holiday, absence
opening hours, business hours, working hours, office hours
clock, time zone, hour
notification, alert, notice, alarm, warning
notify, inform, let me know, tell me when
announcement, banner
category, topic, section, group
layout, structure, arrangement
draft, unfinished, half-finished
publish, put online, go live, public
retire, archive, discontinue, withdraw, take down
replacement, successor
version, revision
assign, hand over, pass on, take over
twice, double, two times, duplicate
forget, forgot, forgotten, slipped my mind, cannot remember
enable, turn on, switch on, activate
disable, turn off, switch off, deactivate
automatic, automatically, by itself, on its own
overwrite, overwritten, wrote over, written over
at once, at the same time, simultaneously, all together
rename, new name, different name
undelivered, bounced, not delivered
trial, demo, try out, test version
beginner, newbie, no expert, not technical
waiting, pending, queue
share, forward
visitors, traffic, crowd, load
bold, thick
heading, headline, title
pay, payment, charge, bill, invoice
price, cost, fee, rate
refund, money back, reimbursement
delivery, shipping, shipment, parcel
order, purchase
subscription, plan, contract
"""
