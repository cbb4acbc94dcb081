const words = (text: string) => text.split(' ') as [string, ...string[]];

export const FIRST_NAMES = words(
  'Ada Aisha Alejandro Amara Amit Ana Andre Anika Anton Aroha Asha Ayumi Beatriz Bilal Bjorn Bruno Camila Carlos Chen Chiara Chloe Claire Daniel Darius Deepa Diego Dmitri Ebony Elena Eli Emeka Emma Erik Esther Fatima Felix Fiona Gabriel Grace Hana Hassan Helen Hugo Ibrahim Ines Ingrid Isaac Ivan Jamal James Jin José Jun Kaito Karim Katya Keiko Kwame Lars Leila Liam Lin Lucía Luis Maeve Malik Marcus María Mateo Mei Mia Miguel Mohammed Nadia Naomi Nia Nikhil Noah Noor Nuria Olga Oliver Omar Oscar Paula Pedro Priya Rafael Rania Renée Rosa Ruth Samir Sanjay Sara Sean Selma Sofia Søren Tamika Tariq Tessa Thandi Theo Thomas Tomás Uma Valentina Victor Wei Yara Yasmin Yuki Yusuf Zara Zoë',
);

export const LAST_NAMES = words(
  "Abara Abdi Adeyemi Ahmed Almeida Alvarez Andersson Baker Banerjee Becker Bell Bennett Berg Bianchi Boateng Brooks Brown Campbell Carter Castillo Chang Chaudhry Chen Clarke Cohen Cooper Costa Cruz Dalton Das Davies Delgado Diallo Diaz Dubois Edwards Eriksen Evans Farah Fernández Ferrari Fischer Flores Fontaine Foster Fujita García Gomez González Green Gupta Haddad Hall Hansen Harris Hassan Hayes Henry Hernández Hoang Hughes Ibrahim Ivanova Jackson Jansen Jensen Johnson Jones Joshi Kaplan Kapoor Kato Kelly Khan Kim Kimura King Kowalski Kumar Larsen Lee Lewis Li Lindqvist Lopez Mahmoud Mensah Meyer Mitchell Moreau Morgan Morris Müller Murphy Nakamura Nguyen Novak O'Brien Okafor Okoye Olsen Ortiz Osei Park Patel Pereira Perez Petrov Pham Popescu Ramirez Rao Reyes Rivera Roberts Romano Rossi Saito Salazar Santos Sato Schmidt Scott Sharma Silva Singh Smith Sokolov Stone Suzuki Tan Tanaka Taylor Thompson Torres Tran Turner Vargas Vega Walker Wang Watanabe Weber White Williams Wilson Wong Wright Yamamoto Yilmaz Young Zhang Zimmermann",
);

const COMPANY_HEADS = words(
  'Alder Beacon Birch Bluebird Bridgeport Burnside Cascade Cedar Clearwater Columbia Copper Evergreen Fernhill Foxglove Glenwood Granite Harbor Hawthorne Heron Juniper Kestrel Lakeside Larkspur Laurelhurst Maple Meadow Northgate Oakridge Orchard Pinecrest Quarry Riverbend Rosewood Sellwood Stonebridge Summit Sunnyside Tamarack Timber Westover Willow',
);
const COMPANY_TAILS = [
  'Apartments',
  'Bakery',
  'Brewing',
  'Childcare',
  'Clinic',
  'Coffee',
  'Construction',
  'Dental',
  'Fitness',
  'Foods',
  'Hotel',
  'Laundry',
  'Logistics',
  'Market',
  'Motors',
  'Properties',
  'Realty',
  'Salon',
  'School',
  'Studios',
] as [string, ...string[]];
export const COMPANIES = COMPANY_HEADS.flatMap((head) => COMPANY_TAILS.map((tail) => `${head} ${tail}`)) as [
  string,
  ...string[],
];

/** Area codes with their time zones. */
export const AREAS = [
  ['503', 'America/Los_Angeles'],
  ['971', 'America/Los_Angeles'],
  ['541', 'America/Los_Angeles'],
  ['458', 'America/Los_Angeles'],
  ['360', 'America/Los_Angeles'],
  ['206', 'America/Los_Angeles'],
  ['253', 'America/Los_Angeles'],
  ['425', 'America/Los_Angeles'],
  ['509', 'America/Los_Angeles'],
  ['415', 'America/Los_Angeles'],
  ['510', 'America/Los_Angeles'],
  ['408', 'America/Los_Angeles'],
  ['650', 'America/Los_Angeles'],
  ['707', 'America/Los_Angeles'],
  ['916', 'America/Los_Angeles'],
  ['213', 'America/Los_Angeles'],
  ['310', 'America/Los_Angeles'],
  ['619', 'America/Los_Angeles'],
  ['702', 'America/Los_Angeles'],
  ['775', 'America/Los_Angeles'],
  ['208', 'America/Boise'],
  ['303', 'America/Denver'],
  ['720', 'America/Denver'],
  ['719', 'America/Denver'],
  ['801', 'America/Denver'],
  ['406', 'America/Denver'],
  ['505', 'America/Denver'],
  ['307', 'America/Denver'],
  ['602', 'America/Phoenix'],
  ['480', 'America/Phoenix'],
  ['312', 'America/Chicago'],
  ['773', 'America/Chicago'],
  ['612', 'America/Chicago'],
  ['651', 'America/Chicago'],
  ['414', 'America/Chicago'],
  ['214', 'America/Chicago'],
  ['512', 'America/Chicago'],
  ['713', 'America/Chicago'],
  ['210', 'America/Chicago'],
  ['314', 'America/Chicago'],
  ['504', 'America/Chicago'],
  ['615', 'America/Chicago'],
  ['212', 'America/New_York'],
  ['718', 'America/New_York'],
  ['617', 'America/New_York'],
  ['508', 'America/New_York'],
  ['215', 'America/New_York'],
  ['412', 'America/New_York'],
  ['202', 'America/New_York'],
  ['301', 'America/New_York'],
  ['404', 'America/New_York'],
  ['305', 'America/New_York'],
  ['704', 'America/New_York'],
  ['919', 'America/New_York'],
  ['216', 'America/New_York'],
  ['614', 'America/New_York'],
  ['313', 'America/New_York'],
] as [readonly [string, string], ...(readonly [string, string])[]];

export const SOURCES = [
  'Website',
  'Referral',
  'Google Ads',
  'Home show',
  'Yard sign',
  'SMS',
  'Phone',
  'Repeat customer',
] as [string, ...string[]];
export const TAGS = [
  'heat pump',
  'boiler',
  'furnace',
  'ductless',
  'service plan',
  'commercial',
  'rebate 2026',
  'landlord',
  'emergency',
  'newsletter',
  'solar ready',
  'VIP',
] as [string, ...string[]];

export const NOTES = [
  'Prefers texts, works nights. Do not call before noon.',
  'Two-storey house from 1962, oil tank already decommissioned.',
  'Asked about the utility rebate; sent the 2026 sheet.',
  'Dog in the yard. Use the side gate and text on arrival.',
  'Wants quotes for a heat pump and for a new furnace, side by side.',
  'Filter size 20x25x4. Changes it herself each spring.',
  'Referred by a neighbour whose install we did in March.',
  'Landlord of four units; tenants let us in, invoices go to the office.',
] as [string, ...string[]];

/** Exchanges as they happen: `>` is the contact, `<` is us. */
export const DIALOGUES = [
  [
    '> Hi, our furnace is making a loud bang when it starts. Is that dangerous?',
    '< That is often delayed ignition. Please switch it off; we can be there today at 3. Does that work?',
    '> Yes please. 3 is good',
  ],
  [
    '> Do you still have the heat pump rebate?',
    '< We do, until the end of the year. It is $2,000 on ducted systems.',
    '> Great, what do you need from me?',
  ],
  [
    '< Your yearly service is due in October. Shall we book a morning or an afternoon?',
    '> Mornings are better',
    '< Tuesday the 14th at 9?',
    '> Perfect',
  ],
  ['> Running 20 minutes late, the gate code is 4471', '< Thanks, see you soon.'],
  [
    '> The upstairs is still cold after yesterday',
    '< Sorry to hear that. Our technician will check the balancing damper tomorrow at 8.',
    '> ok thank you',
  ],
  [
    '< Quote Q-20431 is in your inbox. Any questions?',
    '> Is the thermostat included?',
    '< Yes, with installation.',
    '> Let me talk to my wife and get back to you',
  ],
  [
    '> How much is a service plan?',
    '< $18 a month for one system, two visits a year, no overtime charges.',
    '> Sign me up!',
  ],
  [
    '> no hot water since this morning',
    '< On our way. Is the pilot light out?',
    '> I think so',
    '< We will be there within the hour.',
  ],
  ['> Can you come Friday instead of Thursday?', '< Friday at 10 is free. Moved.', '> Thanks!'],
  ['> Está alguien disponible hoy?', '< Sí, tenemos un técnico a las 2. ¿Le sirve?', '> Sí, gracias'],
] as [string[], ...string[][]];
