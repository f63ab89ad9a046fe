import { describe, expect, it } from 'vitest';
import { cisControls, killChainPhases, nistCategories } from './annotations.ts';
import { atomicTest } from './atomic.ts';
import {
  attackVersion,
  currentTechniqueIds,
  inKillChainOrder,
  isTechniqueId,
  parentOf,
  tactic,
  tactics,
  technique,
} from './techniques.ts';

describe('techniques', () => {
  it('answers from the pinned version', () => {
    expect(attackVersion).toBe('18.1');
    expect(tactics).toHaveLength(14);
    expect(tactics[0]?.shortName).toBe('reconnaissance');
    expect(tactics.at(-1)?.shortName).toBe('impact');
    expect(currentTechniqueIds()).toHaveLength(835 - 144);
  });

  it('names a sub-technique, its parent and who uses it', () => {
    const found = technique('t1218.009');
    expect(found).toMatchObject({
      id: 'T1218.009',
      name: 'Regsvcs/Regasm',
      parent: 'T1218',
      state: 'current',
    });
    expect(technique('T1218')?.subtechniques).toContain('T1218.009');
    expect(technique('T1059.001')?.groups).toContainEqual({ id: 'G0016', name: 'APT29' });
    expect(technique('T1059')?.mitigations.length).toBeGreaterThan(0);
  });

  it('follows a revocation to the current technique', () => {
    expect(technique('T1002')).toMatchObject({ state: 'revoked', successor: 'T1560' });
    for (const id of ['T1004', 'T1009', 'T1192', 'T1086']) {
      const successor = technique(id)?.successor;
      expect(technique(successor!)?.state).toBe('current');
    }
  });

  it('keeps a deprecated technique without a successor', () => {
    expect(technique('T1026')).toMatchObject({ state: 'deprecated' });
    expect(technique('T1026')?.successor).toBeUndefined();
  });

  it('has nothing for an ID that ATT&CK never gave out', () => {
    expect(technique('T9999')).toBeUndefined();
    expect(isTechniqueId('T9999')).toBe(true);
    expect(isTechniqueId('T1059.1')).toBe(false);
    expect(parentOf('T1059')).toBeUndefined();
  });

  it('orders tactics along the kill chain', () => {
    expect(inKillChainOrder(['impact', 'stealth', 'execution', 'impact'])).toEqual([
      'execution',
      'impact',
      'stealth',
    ]);
    expect(tactic('Credential_Access')?.name).toBe('Credential Access');
  });
});

describe('annotations', () => {
  it('derives kill-chain phases in order, NIST and CIS', () => {
    expect(killChainPhases(['impact', 'execution', 'discovery'])).toEqual([
      'Exploitation',
      'Installation',
      'Actions on Objectives',
    ]);
    expect(nistCategories('TTP')).toEqual(['DE.CM']);
    expect(nistCategories('Hunting')).toEqual(['DE.AE']);
    expect(nistCategories(undefined)).toEqual([]);
    expect(cisControls('network')).toEqual(['CIS 13']);
    expect(cisControls('endpoint')).toEqual(['CIS 10']);
  });
});

describe('atomic tests', () => {
  it('finds a test by GUID in any letter case', () => {
    expect(atomicTest('0BE2230C-9ab3-4ac2-8826-3199b9a0ebf8')).toMatchObject({
      name: 'Dump LSASS.exe Memory using ProcDump',
      technique: 'T1003.001',
      number: 1,
    });
    expect(atomicTest('no such test')).toBeUndefined();
  });
});
