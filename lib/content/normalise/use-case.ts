import type { Customer, UseCase } from '../model.ts';
import { readBase } from './base.ts';
import type { Fields } from './fields.ts';
import { references } from './values.ts';

export function readUseCase(fields: Fields): UseCase {
  return {
    ...readBase('use_case', fields),
    detections: references(fields.texts('detections')),
    dataSources: [],
    loggingPolicies: [],
    customers: [],
  };
}

export function readCustomer(fields: Fields): Customer {
  return {
    ...readBase('customer', fields),
    useCases: references(fields.texts('use_cases')),
    detections: references(fields.texts('detections')),
    collects: references(fields.texts('data_sources')),
    dataSources: [],
    loggingPolicies: [],
    blind: [],
  };
}
