"""Short reports of our own with the agenda items that a reader would note; written before the rules they measure.

Each has its items as (phase, issue in the text's words, voice); the voice is ``publisher``, ``author`` or a speaker's
last name. Texts without items are as much a part of the measure.
"""

from __future__ import annotations

from typing import NamedTuple


class Case(NamedTuple):
    """A text, and its items."""

    text: str
    items: tuple[tuple[str, str, str], ...] = ()


E, A, V = "expected", "addressed", "avoided"
P = "publisher"

CASES = (
    Case(
        "Brazilian President Fernando Henrique Cardoso met Argentine President Carlos Menem in Brasilia on "
        "Monday. They discussed customs tariffs, the power plant at Yacyretá and drug smuggling.",
        (
            (A, "customs tariffs", P),
            (A, "power plant at Yacyretá", P),
            (A, "drug smuggling", P),
        ),
    ),
    Case(
        "Japanese Prime Minister Keizo Obuchi will visit Seoul next week. Fishing rights and cultural "
        "exchanges are on the agenda.",
        (
            (E, "Fishing rights", P),
            (E, "cultural exchanges", P),
        ),
    ),
    Case(
        "Indian Foreign Minister Jaswant Singh arrived in Kathmandu on Sunday for talks with Prime Minister "
        "Girija Prasad Koirala. Topics include water sharing, border management and trade.",
        (
            (E, "water sharing", P),
            (E, "border management", P),
            (E, "trade", P),
        ),
    ),
    Case(
        "Norwegian Foreign Minister Jonas Gahr Støre raised the case of the detained fishermen with his "
        "Spanish counterpart, Miguel Ángel Moratinos, in Madrid on Tuesday.",
        ((A, "case of the detained fishermen", P),),
    ),
    Case(
        "British Foreign Secretary Jack Straw flies to Tripoli on Monday. He will press Libyan Foreign "
        "Minister Abdel Rahman Shalgam on compensation for the families.",
        ((E, "compensation for the families", P),),
    ),
    Case(
        "Kenyan President Mwai Kibaki met Ugandan President Yoweri Museveni in Kampala. The railway "
        "concession dominated the talks. The dispute over Migingo Island did not come up.",
        (
            (A, "railway concession", P),
            (V, "dispute over Migingo Island", P),
        ),
    ),
    Case(
        "The presidents of Chile and Bolivia, Ricardo Lagos and Carlos Mesa, met in Monterrey in January. The "
        "two sidestepped the question of access to the sea.",
        ((V, "access to the sea", P),),
    ),
    Case(
        "German Chancellor Gerhard Schröder and Chinese Premier Zhu Rongji signed four contracts in Beijing. "
        "There was no mention of human rights in the joint statement.",
        ((V, "human rights", P),),
    ),
    Case(
        "Turkish Foreign Minister Ismail Cem met Greek Foreign Minister George Papandreou on Samos. On "
        "tourism the two sides were close to a deal; on Cyprus the tone was cooler.",
        (
            (A, "tourism", P),
            (A, "Cyprus", P),
        ),
    ),
    Case(
        "Merkel and Tusk to Talk Gas, Baltic Security\n\n"
        "BERLIN, March 3 - German Chancellor Angela Merkel and Polish Prime Minister Donald Tusk meet in "
        "Berlin on Thursday.",
        (
            (E, "Gas", P),
            (E, "Baltic Security", P),
        ),
    ),
    Case(
        "Canadian Prime Minister Jean Chrétien and Mexican President Vicente Fox spoke by phone on Friday "
        "about softwood lumber and visas.",
        (
            (A, "softwood lumber", P),
            (A, "visas", P),
        ),
    ),
    Case(
        "South African President Thabo Mbeki held talks with Zimbabwean President Robert Mugabe in Harare. "
        "According to Zimbabwean officials, the two leaders discussed land reform and food aid.",
        (
            (A, "land reform", "officials"),
            (A, "food aid", "officials"),
        ),
    ),
    Case(
        "Swedish Foreign Minister Carl Bildt met his Finnish counterpart, Alexander Stubb, in Helsinki. “We "
        "talked about the gas pipeline and the Baltic herring,” Stubb said.",
        (
            (A, "gas pipeline", "Stubb"),
            (A, "Baltic herring", "Stubb"),
        ),
    ),
    Case(
        "Egyptian Foreign Minister Ahmed Aboul Gheit will meet Ethiopian Prime Minister Meles Zenawi in Addis "
        "Ababa on Wednesday. The meeting is expected to center on the sharing of the Nile waters.",
        ((E, "sharing of the Nile waters", P),),
    ),
    Case(
        "Australian Foreign Minister Alexander Downer met Indonesian Foreign Minister Hassan Wirajuda in "
        "Jakarta on Thursday. Among the subjects were people smuggling and the rebuilding of Aceh.",
        (
            (A, "people smuggling", P),
            (A, "rebuilding of Aceh", P),
        ),
    ),
    Case(
        "Vietnamese Premier Phan Van Khai received Thai Prime Minister Thaksin Shinawatra in Da Nang. The "
        "sides exchanged views on rice prices and bird flu.",
        (
            (A, "rice prices", P),
            (A, "bird flu", P),
        ),
    ),
    Case(
        "Pakistani President Pervez Musharraf met Indian Prime Minister Atal Bihari Vajpayee in Agra in July. "
        "Kashmir overshadowed the summit.",
        ((A, "Kashmir", P),),
    ),
    Case(
        "Italian Prime Minister Romano Prodi travels to Algiers on Monday, with gas supplies and migration at "
        "the top of the agenda.",
        (
            (E, "gas supplies", P),
            (E, "migration", P),
        ),
    ),
    Case(
        "Peruvian Foreign Minister José García Belaúnde and his Ecuadorean counterpart, Fander Falconí, met "
        "in Tumbes. Neither minister mentioned the maritime border.",
        ((V, "maritime border", P),),
    ),
    Case(
        "Hungarian Prime Minister Viktor Orbán met Slovak Prime Minister Robert Fico in Bratislava. The "
        "language law was not on the agenda.",
        ((V, "language law", P),),
    ),
    Case(
        "Danish Prime Minister Helle Thorning-Schmidt and Chinese President Hu Jintao met in Copenhagen in "
        "June. Tibet was not discussed, her office said.",
        ((V, "Tibet", "office"),),
    ),
    Case(
        "Dutch Foreign Minister Bernard Bot arrived in Jakarta on Tuesday. He is expected to bring up the "
        "fate of the Dutch prisoners.",
        ((E, "fate of the Dutch prisoners", P),),
    ),
    Case(
        "Philippine President Gloria Arroyo met Malaysian Prime Minister Abdullah Badawi in Kuala Lumpur. At "
        "the center of the talks was the peace process in Mindanao.",
        ((A, "peace process in Mindanao", P),),
    ),
    Case(
        "Foreign ministers Sergio Romano and Ana Palacio met in Lisbon. The talks covered fisheries, the euro "
        "and enlargement of the European Union.",
        (
            (A, "fisheries", P),
            (A, "euro", P),
            (A, "enlargement of the European Union", P),
        ),
    ),
    Case(
        "Nigerian President Olusegun Obasanjo visited Yaoundé on Monday and met President Paul Biya. The fate "
        "of the Bakassi peninsula was raised, but no decision was taken.",
        ((A, "fate of the Bakassi peninsula", P),),
    ),
    Case(
        "Bulgarian Foreign Minister Solomon Passy met Macedonian Foreign Minister Ilinka Mitreva in Sofia. "
        "The minister avoided any reference to the dispute over the language.",
        ((V, "dispute over the language", P),),
    ),
    Case(
        "Irish Prime Minister Bertie Ahern will hold talks with British Prime Minister Tony Blair in London "
        "on Tuesday, focusing on policing and the decommissioning of weapons.",
        (
            (E, "policing", P),
            (E, "decommissioning of weapons", P),
        ),
    ),
    Case(
        "Kazakh President Nursultan Nazarbayev and Uzbek President Islam Karimov met in Tashkent in September "
        "to discuss the Aral Sea and the transit of cotton.",
        (
            (A, "Aral Sea", P),
            (A, "transit of cotton", P),
        ),
    ),
    Case(
        "New Zealand Prime Minister Helen Clark goes to Washington in March. Officials say free trade is "
        "likely to come up in her meeting with President George Bush.",
        ((E, "free trade", "Officials"),),
    ),
    Case(
        "Cuban Foreign Minister Felipe Pérez Roque met Spanish Foreign Minister Miguel Ángel Moratinos in "
        "Havana. Human rights were conspicuously absent from the agenda.",
        ((V, "Human rights", P),),
    ),
    Case(
        "The leaders of Laos and Cambodia, Choummaly Sayasone and Hun Sen, met in Vientiane. The agenda "
        "included tourism, the Mekong dams and a new bridge.",
        (
            (A, "tourism", P),
            (A, "Mekong dams", P),
            (A, "new bridge", P),
        ),
    ),
    Case(
        "Portuguese Foreign Minister Luís Amado met his Angolan counterpart, Assunção dos Anjos, in Luanda. "
        "Little was said about the frozen bank accounts.",
        (),
    ),
    Case(
        "Czech President Václav Klaus spoke to reporters after meeting Austrian President Heinz Fischer in "
        "Vienna. He declined to be drawn on the Temelín power plant.",
        (),
    ),
    Case(
        "Albanian Prime Minister Fatos Nano met Montenegrin President Milo Djukanovic in Podgorica. Nano said "
        "the two had touched on the railway, on customs and on minority schools.",
        (
            (A, "railway", "Nano"),
            (A, "customs", "Nano"),
            (A, "minority schools", "Nano"),
        ),
    ),
    Case(
        "Georgian President Eduard Shevardnadze is to meet Azerbaijani President Heydar Aliyev in Baku on "
        "Friday. The pipeline to Ceyhan is expected to be the main subject.",
        ((E, "pipeline to Ceyhan", P),),
    ),
    Case(
        "Mongolian Foreign Minister Luvsangiin Erdenechuluun met his North Korean counterpart in Pyongyang. "
        "The two sides also went into the return of refugees.",
        ((A, "return of refugees", P),),
    ),
    Case(
        "Moroccan King Mohammed VI received French President Jacques Chirac in Rabat. The two men talked for "
        "an hour. Western Sahara took up most of the time.",
        ((A, "Western Sahara", P),),
    ),
    Case(
        "Ukrainian President Leonid Kuchma met Romanian President Ion Iliescu in Constanta. The Bystroe canal "
        "remained the main stumbling block in the talks.",
        ((A, "Bystroe canal", P),),
    ),
    Case(
        "Swiss Foreign Minister Micheline Calmy-Rey is due in Tehran on Sunday. The Iranian side wants to "
        "talk about gas; the Swiss hope to raise the moratorium on executions.",
        (
            (E, "gas", P),
            (E, "moratorium on executions", P),
        ),
    ),
    Case(
        "Belgian Foreign Minister Louis Michel met Congolese President Joseph Kabila in Kinshasa. Their "
        "conversation turned to the elections and the army.",
        (
            (A, "elections", P),
            (A, "army", P),
        ),
    ),
    Case(
        "Israeli Foreign Minister Shlomo Ben-Ami met Qatari Foreign Minister Hamad bin Jassim in New York in "
        "September. Talks over the trade office went on for three hours.",
        ((A, "trade office", P),),
    ),
    Case(
        "Lithuanian President Valdas Adamkus met Belarusian President Alexander Lukashenko in Vilnius. "
        "Adamkus said that he had made no reference to the prisoners.",
        ((V, "prisoners", "Adamkus"),),
    ),
    Case(
        "Singapore's Prime Minister Goh Chok Tong and Malaysia's Mahathir Mohamad met in Langkawi. Issues "
        "such as water, the causeway and the use of airspace were on the table.",
        (
            (A, "water", P),
            (A, "causeway", P),
            (A, "use of airspace", P),
        ),
    ),
    Case(
        "Foreign Minister Celso Amorim spent a day in La Paz. One point of contention in the talks could be "
        "the price of natural gas.",
        ((E, "price of natural gas", P),),
    ),
    Case(
        "Tunisian Foreign Minister Habib Ben Yahia met his Maltese counterpart in Valletta. Not addressed "
        "were the drilling rights.",
        ((V, "drilling rights", P),),
    ),
    Case(
        "Armenian President Robert Kocharian met Azerbaijani President Ilham Aliyev in Prague. The presidents "
        "left the status of Nagorno-Karabakh aside.",
        ((V, "status of Nagorno-Karabakh", P),),
    ),
    Case(
        "Finnish President Tarja Halonen and Estonian President Arnold Rüütel met in Tallinn. The sunken "
        "ferry was a taboo subject.",
        ((V, "sunken ferry", P),),
    ),
    Case(
        "Colombian President Álvaro Uribe will meet Venezuelan President Hugo Chávez in Santa Marta. He plans "
        "to ask Chávez about the rebels on the border.",
        ((E, "rebels on the border", P),),
    ),
    Case(
        "Saudi Crown Prince Abdullah visited Moscow in September. The visit focused on oil prices and Chechnya.",
        (
            (A, "oil prices", P),
            (A, "Chechnya", P),
        ),
    ),
    Case(
        "Sri Lankan President Chandrika Kumaratunga briefed Norwegian envoy Erik Solheim on the ceasefire in Colombo.",
        ((A, "ceasefire", P),),
    ),
    Case(
        "Iceland's Prime Minister David Oddsson met Japanese Prime Minister Junichiro Koizumi in Tokyo. "
        "Whaling was not raised during the meeting, Koizumi's spokesman said.",
        ((V, "Whaling", "spokesman"),),
    ),
    Case(
        "Chadian President Idriss Déby met Sudanese President Omar al-Bashir in Dakar. Villagers described to "
        "Déby's delegation the raids on their camps.",
        ((A, "raids on their camps", P),),
    ),
    Case(
        "The finance ministers of Peru met bankers in Lima. They deal with debts every day and talk about money.",
        (),
    ),
    Case(
        "The article dealt with the history of tea. Its author focuses on trade in the nineteenth century.",
        (),
    ),
    Case(
        "Panamanian President Mireya Moscoso addressed the assembly. She raised her glass and mentioned her father.",
        (),
    ),
    Case(
        "Slovenian Prime Minister Janez Drnovšek met Croatian Prime Minister Ivica Račan in Otočec. The "
        "meeting lasted two hours. The border has been closed since May.",
        (),
    ),
    Case(
        "Lebanese Prime Minister Rafik Hariri met Syrian President Bashar al-Assad in Damascus in 2001. They "
        "would have discussed electricity, had the minister come.",
        (),
    ),
    Case(
        "Myanmar's foreign minister, Win Aung, met his Bangladeshi counterpart in Dhaka. The Rohingya issue "
        "featured prominently in the talks.",
        ((A, "Rohingya issue", P),),
    ),
    Case(
        "U.N. envoy Lakhdar Brahimi met Taliban representatives in Kandahar in 1998. The talks dealt mainly "
        "with the return of aid workers.",
        ((A, "return of aid workers", P),),
    ),
    Case(
        "Mexican Foreign Minister Jorge Castañeda will meet Secretary of State Colin Powell in Washington. "
        "High on Castañeda's list is an agreement on migration.",
        ((E, "agreement on migration", P),),
    ),
)

# Written with the others; what is missed in them was never looked at.
UNSEEN = (
    Case(
        "Greek Prime Minister Costas Simitis met Albanian President Rexhep Meidani in Tirana on Friday. Their "
        "two-hour meeting concentrated on migrant workers and road links.",
        (
            (A, "migrant workers", P),
            (A, "road links", P),
        ),
    ),
    Case(
        "Qatar's emir is scheduled to meet President Jacques Chirac in Paris on Thursday. The two are likely "
        "to discuss aircraft orders, Lebanon and oil.",
        (
            (E, "aircraft orders", P),
            (E, "Lebanon", P),
            (E, "oil", P),
        ),
    ),
    Case(
        "Ivorian President Laurent Gbagbo and Burkinabe President Blaise Compaoré met in Ouagadougou. Farm "
        "workers topped the list of issues, followed by the railway.",
        (
            (A, "Farm workers", P),
            (A, "railway", P),
        ),
    ),
    Case(
        "Foreign Minister Bernard Kouchner met his Rwandan counterpart in Kigali. “We did not talk about the "
        "past,” Kouchner told reporters.",
        ((V, "past", "Kouchner"),),
    ),
    Case(
        "Polish President Aleksander Kwasniewski visited Vilnius in May. The spelling of Polish names, a sore "
        "point for years, was not touched upon.",
        ((V, "spelling of Polish names", P),),
    ),
    Case(
        "Bangladeshi Prime Minister Sheikh Hasina is to hold talks with Indian Prime Minister I.K. Gujral in "
        "New Delhi next month. The Ganges water treaty will dominate the agenda.",
        ((E, "Ganges water treaty", P),),
    ),
    Case(
        "Papua New Guinea's Foreign Minister Rabbie Namaliu met Solomon Islands officials in Honiara. Logging "
        "was among the matters discussed.",
        ((A, "Logging", P),),
    ),
    Case(
        "The Latvian and Russian foreign ministers, Artis Pabriks and Sergei Ivanov, met in Riga. Pabriks "
        "said the border treaty had been one of the main topics.",
        ((A, "border treaty", "Pabriks"),),
    ),
    Case(
        "Tanzanian President Benjamin Mkapa met World Bank chief James Wolfensohn in Dar es Salaam in "
        "February. Debt relief was high on the agenda.",
        ((A, "Debt relief", P),),
    ),
    Case(
        "Jordan's King Abdullah will raise the water crisis when he meets Israeli Prime Minister Ehud Barak "
        "in Aqaba on Sunday.",
        ((E, "water crisis", P),),
    ),
    Case(
        "Croatian Foreign Minister Tonino Picula met Serbian Foreign Minister Goran Svilanovic in Belgrade. "
        "Refugees, missing persons and property were the subjects of their talks.",
        (
            (A, "Refugees", P),
            (A, "missing persons", P),
            (A, "property", P),
        ),
    ),
    Case(
        "Costa Rican President Óscar Arias met Nicaraguan President Enrique Bolaños in San José. The two "
        "presidents steered clear of the San Juan River.",
        ((V, "San Juan River", P),),
    ),
    Case(
        "Foreign Secretary Robin Cook met Chinese Foreign Minister Tang Jiaxuan in London. A communique "
        "issued afterwards made no mention of Taiwan.",
        ((V, "Taiwan", P),),
    ),
    Case(
        "Ghanaian President John Kufuor left for Abuja on Tuesday, where he is to confer with Nigerian "
        "President Olusegun Obasanjo on gas deliveries.",
        ((E, "gas deliveries", P),),
    ),
    Case(
        "Thai and Cambodian generals met at Poipet. Questions about land mines were put aside, and the talks "
        "turned to trade.",
        (
            (V, "land mines", P),
            (A, "trade", P),
        ),
    ),
    Case(
        "Yemeni President Ali Abdullah Saleh met Eritrean President Isaias Afwerki in Sanaa. According to the "
        "state news agency, the talks covered the Hanish islands and security in the Red Sea.",
        (
            (A, "Hanish islands", "agency"),
            (A, "security in the Red Sea", "agency"),
        ),
    ),
    Case(
        "Paraguay's President Nicanor Duarte visited Montevideo. Issues ranging from beef exports to river "
        "tolls were discussed.",
        (
            (A, "beef exports", P),
            (A, "river tolls", P),
        ),
    ),
    Case(
        "Belarus Foreign Minister Ural Latypov will visit Rome. Ahead of the trip he told reporters that "
        "energy would be the main theme of the talks.",
        ((E, "energy", "Latypov"),),
    ),
    Case(
        "The Korean leaders, Kim Dae-jung and Kim Jong-il, met in Pyongyang in June 2000. Family reunions "
        "were the focus of the first session.",
        ((A, "Family reunions", P),),
    ),
    Case(
        "Zambian President Levy Mwanawasa met Congolese President Joseph Kabila in Lubumbashi. He complained "
        "about the shelling of villages.",
        ((A, "shelling of villages", P),),
    ),
    Case(
        "Omani Foreign Minister Yusuf bin Alawi met Iranian officials in Muscat. They reviewed preparations "
        "for a joint gas field.",
        ((A, "preparations for a joint gas field", P),),
    ),
    Case(
        "Kyrgyz President Askar Akayev met Tajik President Emomali Rahmonov in Osh. The enclave of Vorukh was "
        "left off the agenda.",
        ((V, "enclave of Vorukh", P),),
    ),
    Case(
        "Haitian Prime Minister Gérard Latortue met Dominican President Leonel Fernández in Santo Domingo. "
        "Cane cutters? Not a single question.",
        (),
    ),
    Case(
        "Bolivian Foreign Minister Javier Murillo said on Monday that soy prices had risen. He will meet his "
        "Paraguayan colleague in June.",
        (),
    ),
    Case(
        "Senegal's President Abdoulaye Wade attended a football match in Lyon. The newspaper debated the goal "
        "for days.",
        (),
    ),
    Case(
        "Blair, Schröder Discuss Beef, Airbus\n\n"
        "LONDON - British Prime Minister Tony Blair met German Chancellor Gerhard Schröder in London on "
        "Monday.",
        (
            (A, "Beef", P),
            (A, "Airbus", P),
        ),
    ),
    Case(
        "Ecuador's President Jamil Mahuad arrives in Lima today. Trade, mining and roads will be at the heart "
        "of his meeting with President Alberto Fujimori.",
        (
            (E, "Trade", P),
            (E, "mining", P),
            (E, "roads", P),
        ),
    ),
    Case(
        "Uzbek officials met a Turkish delegation in Samarkand. During the talks, cotton quotas and student "
        "visas were also considered.",
        (
            (A, "cotton quotas", P),
            (A, "student visas", P),
        ),
    ),
    Case(
        "Fijian Prime Minister Mahendra Chaudhry met Australian Prime Minister John Howard in Canberra. On "
        "sugar, the two reached an understanding.",
        ((A, "sugar", P),),
    ),
    Case(
        "Libyan leader Muammar Gaddafi received South African President Nelson Mandela in Tripoli. The "
        "embargo was uppermost in their minds; it was discussed for an hour.",
        (),
    ),
)
