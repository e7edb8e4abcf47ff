/** The made-up people of the demo: forty associates in four teams, some three thousand customers. */
import { createRandom, type Random } from './random.ts'

export const teams = ['Cards', 'Billing', 'Sales', 'Support'] as const

export type Team = (typeof teams)[number]

export interface Associate {
  readonly email: string
  readonly team: Team
}

const associateNames =
  `ana.ruiz j.okafor lena.fischer m.tanaka sofia.rossi d.novak p.dubois aisha.khan tom.baker ingrid.holm
  rafael.costa mei.chen oliver.hughes fatima.zahra lukas.weber nora.lind samuel.osei elif.demir marco.bianchi hannah.schmidt
  diego.morales yuki.sato chloe.martin arjun.mehta katya.ivanova ben.carter leila.haddad pieter.devries grace.mbeki jonas.berg
  carla.santos emre.yilmaz julia.nowak kwame.boateng linh.tran mateo.garcia priya.nair stefan.popescu tessa.murphy victor.lam`
    .split(/\s+/)
    .filter((name) => name !== '')

export const associates: readonly Associate[] = associateNames.map((name, index) => ({
  email: `${name}@premier.example`,
  team: teams[index % teams.length] ?? 'Support',
}))

const first =
  `zoe h omar b k t adam maria john li nina paul rosa ivan emma noah lucia hugo ada max sara leo eva tim amir jade
  otto vera finn lara yusuf ruth karl mona dario ines felix olga`.split(/\s+/)
const last =
  `w kim farouk lind mehta silva smith garcia mueller wang rossi jensen kowalski novak dubois santos tanaka ali brown
  jones petrov costa haas meyer lopez nguyen okoro singh hansen moreau ricci khan park cohen adeyemi vargas`.split(
    /\s+/,
  )
const hosts = ['mail.example', 'post.example', 'inbox.example', 'letters.example', 'home.example']

const customerCount = 3000

export const customers: readonly string[] = makeCustomers()

function makeCustomers(): string[] {
  const random = createRandom(20_180_115)
  const made = new Set<string>()
  while (made.size < customerCount) {
    const number = random.chance(0.45) ? String(random.between(1, 99)) : ''
    made.add(`${random.pick(first)}.${random.pick(last)}${number}@${random.pick(hosts)}`)
  }
  return [...made]
}

/** A few customers call often, most call once or twice: the rank falls off as a power. */
export function pickCustomer(random: Random): string {
  const rank = Math.floor(customerCount * random.next() ** 2.2)
  return customers[rank] ?? 'unknown@mail.example'
}

/** Mostly somebody of the team; at times another team helps out. */
export function pickAssociate(random: Random, team: Team): Associate {
  const pool = random.chance(0.92) ? associates.filter((associate) => associate.team === team) : associates
  return random.pick(pool)
}
